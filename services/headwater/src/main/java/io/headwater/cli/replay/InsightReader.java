package io.headwater.cli.replay;

import io.headwater.avro.Insight;
import io.headwater.avro.Origin;
import io.headwater.cli.ingest.CommittedRecords;
import io.headwater.cli.replay.result.InsightSummary;
import io.headwater.cli.replay.result.InsightSummary.Join;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.OffsetRanges;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.RecordDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the insights of one side of a comparison, as far as they are there when it begins. */
final class InsightReader {
  private final KafkaConnection kafka;
  private final RecordDecoder<Insight> decoder;
  private final Join join;
  private final Wanted wanted;
  private long unreadable;
  private long outOfRange;

  /**
   * Which insights count: those of a topic's range.
   *
   * @param topic the source topic; empty for any
   * @param ranges of it
   */
  record Wanted(String topic, OffsetRanges ranges) {
    static final Wanted ALL = new Wanted("", OffsetRanges.EVERYTHING);

    boolean has(Origin origin) {
      return topic.isEmpty()
          || (origin.getTopic().equals(topic)
              && ranges.contains(origin.getPartition(), origin.getOffset()));
    }
  }

  /** Takes what is read. */
  interface Sink {
    void take(InsightSummary insight);
  }

  InsightReader(KafkaConnection kafka, RecordDecoder<Insight> decoder, Join join, Wanted wanted) {
    this.kafka = kafka;
    this.decoder = decoder;
    this.join = join;
    this.wanted = wanted;
  }

  /** Reads all of them. */
  void read(Sink sink) {
    String topic = decoder.topic().name();
    try (var consumer = OutputFollower.consumer(kafka, "headwater-replay-diff")) {
      CommittedRecords records = new CommittedRecords(consumer);
      records.read(
          topic,
          records.spans(topic),
          record -> {
            take(record, sink);
            return true;
          });
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Sink sink) {
    if (!(decoder.decode(record.value()) instanceof Decoded.Healthy<Insight> healthy)) {
      unreadable++;
    } else if (wanted.has(healthy.value().getOrigin())) {
      sink.take(InsightSummary.of(join, record.key(), record.value(), healthy.value()));
    } else {
      outOfRange++;
    }
  }

  /** Records that are no insights; left out. */
  long unreadable() {
    return unreadable;
  }

  /** Insights of messages that the other side did not read; left out. */
  long outOfRange() {
    return outOfRange;
  }
}
