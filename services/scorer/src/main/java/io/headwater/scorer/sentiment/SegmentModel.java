package io.headwater.scorer.sentiment;

import java.util.List;

/** What scores a batch of segments: an engine, or a fake in a test. */
@FunctionalInterface
public interface SegmentModel {
  /**
   * Probabilities of each segment's labels.
   *
   * @param tokenIds for each segment its ids, special tokens included
   * @return {@code [batch][labels]}
   * @throws RuntimeException when the model fails on this batch
   */
  float[][] probabilities(List<int[]> tokenIds);

  /** How many calls it takes at once, each on a thread of its caller's. */
  default int calls() {
    return 1;
  }
}
