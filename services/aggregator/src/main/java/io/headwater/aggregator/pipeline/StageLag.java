package io.headwater.aggregator.pipeline;

/**
 * How far a stage is behind in a topic.
 *
 * @param group the consumer group that says so
 * @param records about how many it still has to read: counted by offsets, of which each transaction
 *     takes one for itself
 */
public record StageLag(String stage, String group, String topic, long records) {}
