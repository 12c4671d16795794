package io.headwater.peers.consumer;

import java.util.List;

/** Scores the texts of a batch together. Used by one thread. */
interface BatchScorer extends AutoCloseable {
  /** The probability of each label for each text. */
  float[][] probabilities(List<String> texts) throws Exception;

  @Override
  void close();
}
