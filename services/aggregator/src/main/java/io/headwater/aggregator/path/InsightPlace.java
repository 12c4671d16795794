package io.headwater.aggregator.path;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the record of an insight tells besides its value.
 *
 * @param timestamp that of the message's record, in milliseconds since the epoch
 * @param partition of the insight's record, and of all others of the message
 * @param offset of the insight's record
 */
public record InsightPlace(long timestamp, int partition, long offset, InsightPath path) {
  public InsightPlace {
    requireNonNull(path, "path");
  }

  public static InsightPlace of(ConsumerRecord<byte[], byte[]> record) {
    return new InsightPlace(
        record.timestamp(), record.partition(), record.offset(), InsightPath.of(record.headers()));
  }
}
