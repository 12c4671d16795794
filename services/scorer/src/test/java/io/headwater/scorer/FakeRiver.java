package io.headwater.scorer;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Explanation;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
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
import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.task.TaskScoring;
import io.headwater.scorer.translation.SegmentTranslator;
import io.headwater.scorer.translation.TextSequences;
import io.headwater.scorer.translation.TranslationScoring;
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
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A scorer's loop between a log of tokens and a log of what was committed, all in memory. The loop
 * runs on the test's thread and ends when it has read everything.
 *
 * @param <S> the task's result
 */
final class FakeRiver<S extends SpecificRecord> {
  static final long NOW = 1_700_000_000_000L;
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  final MeterRegistry meters = new SimpleMeterRegistry();
  final FlakyRegistry registryClient = new FlakyRegistry();
  final LogConsumer consumer;
  final CommittedLog committed;
  final ScorerLoop loop;

  /** The loop's clock: goes by this at each look. */
  long nanosALook;

  private long nanos;
  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(registryClient);
  private final Map<Integer, Long> ends = new TreeMap<>();
  private final ScorerTask<S> task;
  private final Function<S, String> idOf;

  /** What a river of one task is made of. */
  private record Plan<S extends SpecificRecord>(
      Function<HeadwaterTopics, ScorerTask<S>> task,
      Function<ScorerMetrics, TaskScoring<S>> scoring,
      Explaining<S> explaining,
      Function<S, String> idOf,
      boolean registered,
      BreakerOptions breaker) {}

  static FakeRiver<SentimentScore> of(SegmentModel model, int unitTokens) {
    return of(model, unitTokens, true, BreakerOptions.OFF);
  }

  static FakeRiver<SentimentScore> of(
      SegmentModel model, int unitTokens, boolean registered, BreakerOptions breaker) {
    return explaining(model, Explaining.nothing(), unitTokens, registered, breaker);
  }

  static FakeRiver<SentimentScore> explaining(
      SegmentModel model, Explaining<SentimentScore> explaining, int unitTokens) {
    return explaining(model, explaining, unitTokens, true, BreakerOptions.OFF);
  }

  private static FakeRiver<SentimentScore> explaining(
      SegmentModel model,
      Explaining<SentimentScore> explaining,
      int unitTokens,
      boolean registered,
      BreakerOptions breaker) {
    return new FakeRiver<>(
        new Plan<>(
            ScorerTask::sentiment,
            metrics ->
                new SentimentScoring(
                    ref -> Sequences.loaded(ref, model),
                    new BatchCutter(new BatchBudget(256, 512)),
                    metrics.batches()),
            explaining,
            SentimentScore::getMessageId,
            registered,
            breaker),
        unitTokens);
  }

  static FakeRiver<Translation> translating(SegmentTranslator translator, int unitTokens) {
    return translating(translator, unitTokens, BreakerOptions.OFF);
  }

  static FakeRiver<Translation> translating(
      SegmentTranslator translator, int unitTokens, BreakerOptions breaker) {
    return new FakeRiver<>(
        new Plan<>(
            ScorerTask::translation,
            metrics ->
                new TranslationScoring(
                    ref -> TextSequences.loaded(ref, translator), 256, metrics.translations()),
            Explaining.nothing(),
            Translation::getMessageId,
            true,
            breaker),
        unitTokens);
  }

  private FakeRiver(Plan<S> plan, int unitTokens) {
    task = plan.task().apply(topics);
    idOf = plan.idOf();
    consumer = new LogConsumer(task.tokens().name());
    committed = new CommittedLog(consumer);
    registry.register(List.of(task.tokens()));
    if (plan.registered()) {
      registry.register(topics.all());
    }
    ScorerMetrics metrics = new ScorerMetrics(meters, CLOCK, task.name());
    loop =
        new ScorerLoop(
            new LoopClients(task.name(), consumer, committed::producer, task.tokens().name()),
            new UnitScorer<>(
                ScorerCodecs.over(registry, topics, task),
                plan.scoring().apply(metrics),
                plan.explaining(),
                CLOCK),
            new UnitCutter(unitTokens, UnitCutter.TOKEN_BYTES),
            metrics,
            new DeadLetterBreaker(plan.breaker()),
            this::look);
    consumer.whenIdle(loop::shutDown);
  }

  private long look() {
    nanos += nanosALook;
    return nanos;
  }

  /** Gives the loop these partitions at its next poll. */
  FakeRiver<S> assign(Integer... partitions) {
    List<TopicPartition> assignment = List.of(partitions).stream().map(this::tokens).toList();
    consumer.atPoll(() -> consumer.rebalance(assignment));
    return this;
  }

  /** Appends that many sequences of four tokens, named {@code partition-number}. */
  void appendSequences(int partition, int count) {
    for (int i = 0; i < count; i++) {
      append(partition, Sequences.of(partition + "-" + i, Sequences.ids(1 + partition + i)));
    }
  }

  FakeRiver<S> append(int partition, TokenSequence sequence) {
    return append(partition, registry.encoder(task.tokens()).encode(sequence));
  }

  FakeRiver<S> append(int partition, byte @Nullable [] value) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    byte @Nullable [] key = offset % 3 == 2 ? null : new byte[] {(byte) offset, 1};
    return append(TokenRecords.record(task.tokens().name(), partition, offset, key, value));
  }

  FakeRiver<S> append(ConsumerRecord<byte[], byte[]> record) {
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

  /** Reads an explanation. */
  Explanation explanation(ProducerRecord<byte[], byte[]> record) {
    return decoded(registry.decoder(topics.explanations()), record);
  }

  private String described(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.explanations().name())) {
      return "why " + explanation(record).getMessageId();
    }
    if (record.topic().equals(topics.deadLetters().name())) {
      DeadLetter letter = letter(record);
      return letter.getCause() + "@" + letter.getOffset();
    }
    return idOf.apply(result(record));
  }

  S result(ProducerRecord<byte[], byte[]> record) {
    return decoded(registry.decoder(task.results()), record);
  }

  private static <V extends SpecificRecord> V decoded(
      RecordDecoder<V> decoder, ProducerRecord<byte[], byte[]> record) {
    if (decoder.decode(record.value()) instanceof Decoded.Healthy<V> healthy) {
      return healthy.value();
    }
    throw new AssertionError("A record of the scorer cannot be read");
  }

  private TopicPartition tokens(int partition) {
    return new TopicPartition(task.tokens().name(), partition);
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
