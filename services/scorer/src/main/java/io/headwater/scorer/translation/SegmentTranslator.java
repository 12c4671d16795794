package io.headwater.scorer.translation;

import io.headwater.models.translation.Hypothesis;
import java.util.List;

/** What translates segments: an engine with its tokenizer, or a fake in a test. */
public interface SegmentTranslator {
  /** Whether it translates from one language into another, BCP 47. */
  boolean translates(String from, String to);

  /** Whether it can say which source tokens a generated token looked at. */
  boolean explains();

  /**
   * Translates segments together.
   *
   * @param sources for each segment its ids, special tokens included
   * @param targetLanguage BCP 47 code of the language to write
   * @param explain whether alignments are wanted; only where it {@link #explains}
   * @param pulse called between two steps; what it throws ends the call
   * @return one for each segment, in their order
   * @throws RuntimeException when the model fails on these segments
   */
  List<Hypothesis> translate(
      List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse);

  /** The text that generated tokens stand for; may be empty. */
  String decode(int[] ids);
}
