package io.headwater.peers.flink;

import org.jspecify.annotations.Nullable;

/**
 * What the operators need of a message.
 *
 * @param key of the record
 * @param id of the message
 * @param text of the message
 */
public record Incoming(byte @Nullable [] key, String id, String text) {}
