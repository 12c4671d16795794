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
}
