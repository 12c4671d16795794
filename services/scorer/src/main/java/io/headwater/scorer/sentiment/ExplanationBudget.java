package io.headwater.scorer.sentiment;

import io.headwater.models.explain.ExplainLimits;

/**
 * What the explanation of one message may cost, however long the message is.
 *
 * @param tokens about how many tokens run through the model to see what happens without them; where
 *     they do not suffice, each segment is still masked once
 * @param mapBytes most bytes of its attention maps; 0 for none
 */
public record ExplanationBudget(int tokens, int mapBytes) {
  public ExplanationBudget {
    if (tokens < 1 || mapBytes < 0) {
      throw new IllegalArgumentException("An explanation without tokens");
    }
  }

  /** How often each segment of a message of that many tokens may be run with a part masked. */
  int parts(long messageTokens) {
    return (int)
        Math.max(1, Math.min(ExplainLimits.MOST_PARTS, tokens / Math.max(1, messageTokens)));
  }
}
