package io.headwater.aggregator.topology;

import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.avro.DeadLetter;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.RecordEncoder;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
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
    var place =
        new DeadLetters.Position(
            position.topic(), position.partition(), position.offset(), record.timestamp());
    DeadLetter letter =
        new DeadLetters.Builder(STAGE, place)
            .bytes(record.key(), record.value())
            .headers(record.headers())
            .because(cause, detail);
    byte[] bytes =
        patience.ask(() -> DeadLetters.written(encoder, letter, record.key(), maxBytes)).bytes();
    return new JoinOutcome.Refused(letter, bytes);
  }
}
