package io.headwater.scorer.task;

import static java.util.Objects.requireNonNull;

/**
 * What a model takes.
 *
 * @param tokenizerDigest of the tokenizer that the model belongs to
 * @param maxTokens longest segment, special tokens included
 * @param vocabularySize token ids are below it
 */
public record TokenLimits(String tokenizerDigest, int maxTokens, int vocabularySize) {
  public TokenLimits {
    requireNonNull(tokenizerDigest, "tokenizerDigest");
  }
}
