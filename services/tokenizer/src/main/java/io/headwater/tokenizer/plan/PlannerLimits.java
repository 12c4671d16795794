package io.headwater.tokenizer.plan;

/**
 * Sizes and choices of the planner.
 *
 * @param maxTextBytes longest text, in bytes of UTF-8; a longer one is refused, never truncated
 * @param segmentOverlap tokens that neighbouring segments of a long text share
 * @param scoreOtherLanguages whether a message is scored in a language that the model does not read
 */
public record PlannerLimits(int maxTextBytes, int segmentOverlap, boolean scoreOtherLanguages) {
  public PlannerLimits {
    if (maxTextBytes < 1 || segmentOverlap < 0) {
      throw new IllegalArgumentException("Sizes of the planner cannot be negative");
    }
  }

  /** One MiB of text, 32 tokens of overlap, only languages that the model reads. */
  public static PlannerLimits defaults() {
    return new PlannerLimits(1 << 20, 32, false);
  }
}
