package io.headwater.aggregator.join;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message with what its record says besides.
 *
 * @param key the record's key; null for none
 * @param timestamp the record's timestamp, in milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // the key is carried along, never compared
public record ArrivedMessage(byte @Nullable [] key, long timestamp, Message message) {
  public ArrivedMessage {
    requireNonNull(message, "message");
  }
}
