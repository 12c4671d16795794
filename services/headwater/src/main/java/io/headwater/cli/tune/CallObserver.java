package io.headwater.cli.tune;

/** Is told of each call of a model. Called on the thread that makes them. */
@FunctionalInterface
interface CallObserver {
  /** An observer that looks away. */
  CallObserver NONE = (real, padded, nanos) -> {};

  /**
   * One call was made.
   *
   * @param real tokens without padding
   * @param padded tokens computed, padding included; 0 where that is not known
   * @param nanos how long it took, in nanoseconds
   */
  void called(long real, long padded, long nanos);
}
