package io.headwater.scorer.translation;

/** Is told of each call of a translation model that went well. Called on the thread that scores. */
@FunctionalInterface
public interface TranslationObserver {
  /** An observer that looks away. */
  TranslationObserver NONE = (sourceTokens, targetTokens, nanos) -> {};

  /**
   * One call was made.
   *
   * @param sourceTokens tokens read, special tokens included
   * @param targetTokens tokens written
   * @param nanos how long it took, in nanoseconds
   */
  void called(long sourceTokens, long targetTokens, long nanos);
}
