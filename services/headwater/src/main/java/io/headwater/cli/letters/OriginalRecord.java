package io.headwater.cli.letters;

import io.headwater.avro.DeadLetter;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.RecordSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The record that died, byte for byte.
 *
 * @param timestamp in milliseconds since 1970; 0 or less where none is known
 */
record OriginalRecord(
    String topic,
    int partition,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {
  OriginalRecord {
    headers = List.copyOf(headers);
  }

  /** As the letter keeps it. */
  @SuppressWarnings("NullAway") // a header's value may be null
  static OriginalRecord of(DeadLetter letter) {
    List<Header> headers = new ArrayList<>();
    letter
        .getHeaders()
        .forEach(
            header ->
                headers.add(
                    new RecordHeader(header.getKey(), StoredLetter.bytes(header.getValue()))));
    return new OriginalRecord(
        letter.getTopic(),
        letter.getPartition(),
        letter.getTimestamp().toEpochMilli(),
        StoredLetter.bytes(letter.getKey()),
        StoredLetter.bytes(letter.getValue()),
        headers);
  }

  /** As it still stands in its topic. */
  static OriginalRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new OriginalRecord(
        record.topic(),
        record.partition(),
        record.timestamp(),
        record.key(),
        record.value(),
        List.of(record.headers().toArray()));
  }

  /** How often it has been replayed before. */
  int rounds() {
    return DeadLetters.rounds(new RecordHeaders(headers));
  }

  /** About what it takes to send it. */
  long size() {
    return RecordSize.of(key) + RecordSize.of(value) + RecordSize.of(headers);
  }

  /**
   * The record to send: the same bytes to the same place, with the same time, so that it counts in
   * the window it belongs to.
   *
   * @param rounds how often it has been replayed then
   */
  @SuppressWarnings("NullAway") // Kafka's keys, values and timestamps may be null
  ProducerRecord<byte[], byte[]> replayed(int rounds) {
    RecordHeaders again = new RecordHeaders(headers);
    again.remove(DeadLetters.ROUNDS_HEADER);
    again.add(
        DeadLetters.ROUNDS_HEADER, Integer.toString(rounds).getBytes(StandardCharsets.US_ASCII));
    return new ProducerRecord<>(
        topic, partition, timestamp > 0 ? timestamp : null, key, value, again);
  }
}
