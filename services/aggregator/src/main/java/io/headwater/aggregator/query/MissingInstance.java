package io.headwater.aggregator.query;

/**
 * Who could not answer, and why.
 *
 * @param instance its base URL, or the partitions that nobody has
 * @param reason in words
 */
public record MissingInstance(String instance, String reason) {}
