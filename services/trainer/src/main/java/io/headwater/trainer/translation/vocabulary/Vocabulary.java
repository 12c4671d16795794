package io.headwater.trainer.translation.vocabulary;

import java.util.List;

/**
 * What byte-pair encoding has learned.
 *
 * @param tokens every token; its place is its id. The first four are the special ones
 * @param merges which two tokens become one, the first learned first
 */
public record Vocabulary(List<String> tokens, List<Merge> merges) {
  /** The special tokens: padding, start, end and unknown, in the order of their ids. */
  public static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>", "<unk>");

  /** Two neighbouring tokens that become one. */
  public record Merge(String left, String right) {}

  public Vocabulary {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /** How many tokens there are. */
  public int size() {
    return tokens.size();
  }
}
