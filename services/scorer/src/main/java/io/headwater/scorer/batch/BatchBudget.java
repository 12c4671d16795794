package io.headwater.scorer.batch;

/**
 * How large a batch may be.
 *
 * @param tokens most tokens of a batch, padding included; a single longer segment is a batch by
 *     itself
 * @param maxPadding largest share of a batch's tokens that may be padding, 0 to 1
 */
public record BatchBudget(int tokens, double maxPadding) {
  public BatchBudget {
    if (tokens < 1) {
      throw new IllegalArgumentException("A batch needs a budget of at least one token");
    }
    if (!(maxPadding >= 0 && maxPadding < 1)) {
      throw new IllegalArgumentException("The share of padding is at least 0 and below 1");
    }
  }
}
