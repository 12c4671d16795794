package io.headwater.load.river.pipeline;

/**
 * A result that was read.
 *
 * @param number of its message
 * @param label what it says
 */
public record Seen(long number, String label) {}
