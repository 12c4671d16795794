package io.headwater.scorer.sentiment;

import io.headwater.models.explain.ExplainLimits;
import io.headwater.models.explain.SegmentExplanation;

/** What explains a segment: an engine, or a fake in a test. */
@FunctionalInterface
public interface SegmentExplainer {
  /**
   * Explains why a segment gets a label.
   *
   * @param ids of the segment, special tokens included
   * @param special which of them are special
   * @param label index of the label
   * @throws RuntimeException when the model fails
   */
  SegmentExplanation explain(int[] ids, boolean[] special, int label, ExplainLimits limits);
}
