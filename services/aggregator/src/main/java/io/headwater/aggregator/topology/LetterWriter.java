package io.headwater.aggregator.topology;

import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.avro.DeadLetter;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.RecordEncoder;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes dead letters, small enough for their topic. */
final class LetterWriter {
  /** The name of this service in dead letters. */
  static final String STAGE = "aggregator";

  private static final Logger LOG = LoggerFactory.getLogger(LetterWriter.class);

  private final RecordEncoder<DeadLetter> encoder;
  private final RegistryPatience patience;
  private final AggregatorMetrics metrics;
  private final int maxBytes;

  LetterWriter(
      RecordEncoder<DeadLetter> encoder,
      RegistryPatience patience,
      AggregatorMetrics metrics,
      int maxBytes) {
    this.encoder = encoder;
    this.patience = patience;
    this.metrics = metrics;
    this.maxBytes = maxBytes;
  }

  JoinOutcome.Refused refuse(
      Record<byte[], byte[]> record,
      RecordMetadata position,
      DeadLetterCause cause,
      String detail) {
    metrics.deadLetter(cause);
    LOG.warn(
        "dead_letter=true cause={} topic={} partition={} offset={}",
        cause,
        position.topic(),
        position.partition(),
        position.offset());
    DeadLetter letter = letter(record, position).because(cause, detail);
    byte[] bytes = patience.ask(() -> encoder.encode(letter));
    byte @Nullable [] key = record.key();
    if (bytes.length + (key == null ? 0L : key.length) <= maxBytes) {
      return new JoinOutcome.Refused(letter, bytes);
    }
    // The letter holds the record and more, and may so be larger than the topics take. Its position
    // still leads to the bytes; a letter that cannot be written would stop the stream for ever.
    DeadLetter small =
        new DeadLetters.Builder(STAGE, place(record, position))
            .because(cause, detail + ". " + DeadLetters.NOT_KEPT);
    return new JoinOutcome.Refused(small, patience.ask(() -> encoder.encode(small)));
  }

  private static DeadLetters.Builder letter(
      Record<byte[], byte[]> record, RecordMetadata position) {
    return new DeadLetters.Builder(STAGE, place(record, position))
        .bytes(record.key(), record.value())
        .headers(record.headers());
  }

  private static DeadLetters.Position place(
      Record<byte[], byte[]> record, RecordMetadata position) {
    return new DeadLetters.Position(
        position.topic(), position.partition(), position.offset(), record.timestamp());
  }
}
