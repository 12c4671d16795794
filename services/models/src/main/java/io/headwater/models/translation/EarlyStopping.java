package io.headwater.models.translation;

/** When a beam search ends although beams could still grow. */
enum EarlyStopping {
  /** As soon as there are as many finished hypotheses as beams. */
  AT_ONCE,
  /** When a beam of the present length could not be better than the worst finished one. */
  WHEN_UNLIKELY,
  /** When a beam of no length could be better than the worst finished one. */
  NEVER
}
