package io.headwater.peers.flink;

import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param key of the message's record
 * @param value JSON
 */
public record Outgoing(byte @Nullable [] key, byte[] value) {}
