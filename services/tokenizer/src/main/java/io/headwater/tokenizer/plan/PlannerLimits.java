package io.headwater.tokenizer.plan;

import java.nio.charset.StandardCharsets;

/**
 * Sizes and choices of the planner.
 *
 * @param maxTextBytes longest text, in bytes of UTF-8; a longer one is refused, never truncated
 * @param segmentOverlap tokens that neighbouring segments of a long text share
 * @param scoreOtherLanguages whether a message is scored in a language that the model does not read
 * @param explainOneIn of so many messages one is explained though it does not ask; 0 for none
 */
public record PlannerLimits(
    int maxTextBytes, int segmentOverlap, boolean scoreOtherLanguages, int explainOneIn) {
  /** No honest translation is so many times as long as its original. */
  private static final int STRETCH = 4;

  public PlannerLimits {
    if (maxTextBytes < 1 || segmentOverlap < 0 || explainOneIn < 0) {
      throw new IllegalArgumentException("Sizes of the planner cannot be negative");
    }
  }

  /** No explanations but for messages that ask. */
  public PlannerLimits(int maxTextBytes, int segmentOverlap, boolean scoreOtherLanguages) {
    this(maxTextBytes, segmentOverlap, scoreOtherLanguages, 0);
  }

  /** One MiB of text, 32 tokens of overlap, only languages that the model reads. */
  public static PlannerLimits defaults() {
    return new PlannerLimits(1 << 20, 32, false);
  }

  /**
   * Whether the message at an offset is one of the sample that is explained. By the offset, so that
   * reading the topic again finds the same sample.
   */
  boolean isSampled(long offset) {
    return explainOneIn > 0 && offset % explainOneIn == 0;
  }

  /** Longest translation, in bytes of UTF-8. */
  int maxTranslationBytes() {
    return Math.multiplyExact(STRETCH, maxTextBytes);
  }

  /** Whether a message's text is longer than may be. */
  boolean isTooLong(String text) {
    return isLonger(text, maxTextBytes);
  }

  /** Whether a text is longer than even a translation may be. */
  boolean isFarTooLong(String text) {
    return isLonger(text, maxTranslationBytes());
  }

  private static boolean isLonger(String text, int bytes) {
    // No character takes more than three bytes for each UTF-16 unit: most texts need no counting.
    return text.length() > bytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > bytes;
  }
}
