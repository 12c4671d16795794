package io.headwater.scorer.sentiment;

/** Is told of each run of a model. Called on the thread that scores. */
public interface ScoringObserver {
  /** An observer that looks away. */
  ScoringObserver NONE = (tokens, paddedTokens, nanos) -> {};

  /**
   * One batch was run.
   *
   * @param tokens real tokens
   * @param paddedTokens tokens computed, padding included
   * @param nanos how long the model took, in nanoseconds
   */
  void batch(long tokens, long paddedTokens, long nanos);

  /**
   * A unit's segments were looked up among those that are known.
   *
   * @param known that need no run
   * @param unknown that are run
   */
  default void spared(int known, int unknown) {}
}
