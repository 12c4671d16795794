package io.headwater.scorer;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as a consumer gives them. */
final class TokenRecords {
  private TokenRecords() {}

  /** A record that says of itself how large its value is; it has none. */
  static ConsumerRecord<byte[], byte[]> sized(int partition, long offset, int size) {
    return record("tokens", partition, offset, null, null, size);
  }

  static ConsumerRecord<byte[], byte[]> record(
      String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return record(topic, partition, offset, key, value, value == null ? -1 : value.length);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic,
      int partition,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      int size) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        1_000 + offset,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        size,
        key,
        value,
        new RecordHeaders().add("trace", new byte[] {(byte) offset}),
        Optional.empty());
  }
}
