package io.headwater.models.translation;

import java.util.Objects;

/**
 * How to translate.
 *
 * @param targetLanguage BCP 47 code of the language to write
 * @param beams how many beams; 1 for greedy search, 0 for what the package says
 * @param batchTokens most source tokens (rows times beams times padded length) that are decoded
 *     together; a single source may exceed it
 * @param explain whether to say which source tokens each generated token looked at
 */
public record DecodingRequest(String targetLanguage, int beams, int batchTokens, boolean explain) {

  /** Refuses a negative number of beams and batches without room. */
  public DecodingRequest {
    Objects.requireNonNull(targetLanguage, "targetLanguage");
    if (beams < 0) {
      throw new IllegalArgumentException("beams is " + beams + "; 0 or more");
    }
    if (batchTokens < 1) {
      throw new IllegalArgumentException("batchTokens is " + batchTokens + "; 1 or more");
    }
  }
}
