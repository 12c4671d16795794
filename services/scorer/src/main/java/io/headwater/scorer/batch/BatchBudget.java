package io.headwater.scorer.batch;

/**
 * How large a batch may be, and when one is better than two.
 *
 * @param tokens most tokens of a batch, padding included; a single longer segment is a batch by
 *     itself
 * @param callTokens what a call of the model costs beside its tokens, in tokens: two segments share
 *     a call where that takes less padding
 */
public record BatchBudget(int tokens, int callTokens) {
  public BatchBudget {
    if (tokens < 1) {
      throw new IllegalArgumentException("A batch needs a budget of at least one token");
    }
    if (callTokens < 0) {
      throw new IllegalArgumentException("A call does not cost less than its tokens");
    }
  }
}
