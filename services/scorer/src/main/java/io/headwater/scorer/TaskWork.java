package io.headwater.scorer;

import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.task.TaskScoring;
import org.apache.avro.specific.SpecificRecord;

/**
 * A task with its models loaded, which waits for the river.
 *
 * @param <S> the task's result
 * @param task the task
 * @param scoring does it
 * @param explaining explains its results
 * @param units cuts what was polled into units of its size
 * @param metrics counts it
 */
record TaskWork<S extends SpecificRecord>(
    ScorerTask<S> task,
    TaskScoring<S> scoring,
    Explaining<S> explaining,
    UnitCutter units,
    ScorerMetrics metrics) {}
