package io.headwater.aggregator.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * How long messages of the last minute took in one stage.
 *
 * @param task null where the stage has none
 * @param count how many
 */
public record StageLatency(
    String stage, @Nullable String task, long count, long p50Ms, long p95Ms, long p99Ms) {}
