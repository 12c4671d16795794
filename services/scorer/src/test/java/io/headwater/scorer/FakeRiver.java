package io.headwater.scorer;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.SegmentModel;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.headwater.scorer.sentiment.Sequences;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A scorer's loop between a log of tokens and a log of what was committed, all in memory. The loop
 * runs on the test's thread and ends when it has read everything.
 */
final class FakeRiver {
  static final long NOW = 1_700_000_000_000L;

  final MeterRegistry meters = new SimpleMeterRegistry();
  final FlakyRegistry registryClient = new FlakyRegistry();
  final LogConsumer consumer = new LogConsumer();
  final CommittedLog committed = new CommittedLog(consumer);
  final ScorerLoop loop;

  /** The loop's clock: goes by this at each look. */
  long nanosALook;

  private long nanos;
  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(registryClient);
  private final Map<Integer, Long> ends = new TreeMap<>();

  FakeRiver(SegmentModel model, int unitTokens) {
    this(model, unitTokens, true);
  }

  FakeRiver(SegmentModel model, int unitTokens, boolean registered) {
    this(model, unitTokens, registered, BreakerOptions.OFF);
  }

  FakeRiver(SegmentModel model, int unitTokens, boolean registered, BreakerOptions breaker) {
    registry.register(List.of(topics.tokens("sentiment")));
    if (registered) {
      registry.register(topics.all());
    }
    ScorerMetrics metrics =
        new ScorerMetrics(meters, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    SentimentScoring scoring =
        new SentimentScoring(
            ref -> Sequences.loaded(ref, model),
            new BatchCutter(new BatchBudget(256, 0.5)),
            metrics);
    loop =
        new ScorerLoop(
            new LoopClients(consumer, committed::producer, topics.tokens("sentiment").name()),
            new UnitScorer(ScorerCodecs.over(registry, topics), scoring, metrics),
            new UnitCutter(unitTokens),
            metrics,
            new DeadLetterBreaker(breaker),
            this::look);
    consumer.whenIdle(loop::shutDown);
  }

  private long look() {
    nanos += nanosALook;
    return nanos;
  }

  /** Gives the loop these partitions at its next poll. */
  FakeRiver assign(Integer... partitions) {
    List<TopicPartition> assignment = List.of(partitions).stream().map(FakeRiver::tokens).toList();
    consumer.atPoll(() -> consumer.rebalance(assignment));
    return this;
  }

  /** Appends that many sequences of four tokens, named {@code partition-number}. */
  void appendSequences(int partition, int count) {
    for (int i = 0; i < count; i++) {
      append(partition, Sequences.of(partition + "-" + i, Sequences.ids(1 + partition + i)));
    }
  }

  FakeRiver append(int partition, TokenSequence sequence) {
    return append(partition, registry.encoder(topics.tokens("sentiment")).encode(sequence));
  }

  FakeRiver append(int partition, byte @Nullable [] value) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    byte @Nullable [] key = offset % 3 == 2 ? null : new byte[] {(byte) offset, 1};
    return append(
        TokenRecords.record(topics.tokens("sentiment").name(), partition, offset, key, value));
  }

  FakeRiver append(ConsumerRecord<byte[], byte[]> record) {
    consumer.append(record);
    return this;
  }

  void run() {
    loop.run();
  }

  /** Committed records of a partition as {@code id}, or {@code cause@offset} for a dead letter. */
  List<String> history(int partition) {
    List<String> history = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : committed.records()) {
      if (record.partition() == partition) {
        history.add(described(record));
      }
    }
    return history;
  }

  long committedOffset(int partition) {
    OffsetAndMetadata offset = consumer.committedOffsets().get(tokens(partition));
    return offset == null ? 0 : offset.offset();
  }

  DeadLetter letter(ProducerRecord<byte[], byte[]> record) {
    return decoded(registry.decoder(topics.deadLetters()), record);
  }

  private String described(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.deadLetters().name())) {
      DeadLetter letter = letter(record);
      return letter.getCause() + "@" + letter.getOffset();
    }
    SentimentScore score = decoded(registry.decoder(topics.sentimentScores()), record);
    return score.getMessageId();
  }

  private static <V extends SpecificRecord> V decoded(
      RecordDecoder<V> decoder, ProducerRecord<byte[], byte[]> record) {
    if (decoder.decode(record.value()) instanceof Decoded.Healthy<V> healthy) {
      return healthy.value();
    }
    throw new AssertionError("A record of the scorer cannot be read");
  }

  static TopicPartition tokens(int partition) {
    return new TopicPartition("tokens.sentiment", partition);
  }

  Set<String> closedClients() {
    Set<String> closed = new TreeSet<>();
    if (consumer.closed()) {
      closed.add("consumer");
    }
    if (committed.allProducersClosed()) {
      closed.add("producers");
    }
    return closed;
  }

  /** A registry that does not answer the next few questions for a schema. */
  static final class FlakyRegistry extends MockSchemaRegistryClient {
    private int failuresToCome;

    void failNext(int times) {
      failuresToCome = times;
    }

    int failuresToCome() {
      return failuresToCome;
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
      if (failuresToCome > 0) {
        failuresToCome--;
        throw new IOException("connection refused");
      }
      return super.getSchemaById(id);
    }
  }
}
