package io.headwater.load.river;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.PipelineResult;

/**
 * What everything else is divided by.
 *
 * @param before the model alone, before the river
 * @param after the model alone, after it
 * @param river the river, saturated
 */
record Yardstick(BoundResult before, BoundResult after, PipelineResult river) {
  /** Tokens a second of the model alone, over both of its runs. */
  double boundTokensPerSecond() {
    return (before.tokens() + after.tokens()) / (before.seconds() + after.seconds());
  }

  /** Processor seconds of the model alone for a token. */
  double boundPerToken() {
    return (before.cpuSeconds() + after.cpuSeconds()) / (before.tokens() + after.tokens());
  }
}
