package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.models.PackageFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hostile token sequences, in units as the loop cuts them, at the scorer with a real model. */
@Timeout(1_200)
class ScorerFuzzTest {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("");
  private static final Topic<TokenSequence> TOKENS = TOPICS.tokens("sentiment");

  @TempDir private Path folder;
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<Topic<?>, RecordDecoder<?>> decoders = new HashMap<>();
  private EngineModels<LoadedModel> models = models(Path.of("."));
  private UnitScorer<SentimentScore> scorer = scorer();

  @BeforeEach
  void load() {
    registry.register(TOPICS.all());
    PackageFolder.good(folder.resolve("tiny/1.0.0"));
    models = models(folder);
    scorer = scorer();
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void everyRecordBecomesAScoreOrALetterAndNeighboursDoNotMatter() {
    FuzzRun run = FuzzRun.of("scorer", 100_000);
    Random random = run.random();
    String digest = models.require(HealthyRecords.MODEL).limits().tokenizerDigest();
    HostileRecords records =
        new HostileRecords(
            registry,
            TOPICS,
            TOKENS,
            List.of(
                HealthyRecords.tokens("short", digest, new int[] {2, 5, 3}),
                HealthyRecords.tokens("pad", digest, new int[] {2, 6, 7, 5, 5, 3}),
                HealthyRecords.tokens(
                    "long", digest, new int[] {2, 5, 5, 6, 3}, new int[] {2, 7, 3})),
            run.seed());
    Map<String, List<LabelProbability>> alone = new HashMap<>();
    long offset = 0;
    while (offset < run.records()) {
      List<HostileRecord> sent = new ArrayList<>();
      List<ConsumerRecord<byte[], byte[]>> unit = new ArrayList<>();
      for (int left = 1 + random.nextInt(100); left > 0; left--) {
        HostileRecord record = records.next();
        sent.add(record);
        unit.add(consumed(record, offset++));
        run.done((int) offset);
      }

      List<ProducerRecord<byte[], byte[]>> written =
          scorer.score(unit, () -> {}).answers().stream().map(ScoredUnit.Answer::record).toList();

      assertThat(written).hasSameSizeAs(unit);
      for (int i = 0; i < unit.size(); i++) {
        check(sent.get(i), unit.get(i), written.get(i), alone);
      }
    }
    assertThat(alone).containsOnlyKeys("short", "pad", "long");
    assertThat(meters.getMeters().size()).as("metrics, whatever comes").isLessThan(60);
    run.end(List.of(scorer, models, meters, records));
  }

  private void check(
      HostileRecord sent,
      ConsumerRecord<byte[], byte[]> read,
      ProducerRecord<byte[], byte[]> written,
      Map<String, List<LabelProbability>> alone) {
    assertThat(written.partition()).isEqualTo(read.partition());
    assertThat(written.key()).isEqualTo(sent.key());
    if (written.topic().equals(TOPICS.sentimentScores().name())) {
      SentimentScore score = decoded(TOPICS.sentimentScores(), written.value());
      if (score.getSkipReason() == null) {
        assertThat(score.getProbabilities())
            .as("%s", sent)
            .allSatisfy(p -> assertThat(p.getProbability()).isBetween(0f, 1f));
      }
      if (sent.isHealthy()) {
        List<LabelProbability> first =
            alone.computeIfAbsent(score.getMessageId(), id -> scoredAlone(read));
        assertThat(score.getProbabilities()).isEqualTo(first);
      }
      return;
    }
    assertThat(written.topic()).isEqualTo(TOPICS.deadLetters().name());
    DeadLetter letter = decoded(TOPICS.deadLetters(), written.value());
    assertThat(sent.isHealthy()).as("%s: %s", sent, letter.getDetail()).isFalse();
    assertThat(DeadLetterCause.valueOf(letter.getCause()))
        .as("%s: the model never sees what it cannot take: %s", sent, letter.getDetail())
        .isNotEqualTo(DeadLetterCause.MODEL_FAILURE);
    assertThat(letter.getDetail()).hasSizeLessThan(1_000);
    assertThat(letter.getOffset()).isEqualTo(read.offset());
    assertThat(letter.getValue())
        .isEqualTo(sent.value() == null ? null : ByteBuffer.wrap(sent.value()));
  }

  private List<LabelProbability> scoredAlone(ConsumerRecord<byte[], byte[]> read) {
    return decoded(
            TOPICS.sentimentScores(),
            scorer.score(List.of(read), () -> {}).answers().get(0).record().value())
        .getProbabilities();
  }

  @SuppressWarnings("unchecked") // the topic and its decoder have the same type
  private <V extends SpecificRecord> V decoded(Topic<V> topic, byte[] bytes) {
    Decoded<?> answer = decoders.computeIfAbsent(topic, registry::decoder).decode(bytes);
    if (answer instanceof Healthy<?> healthy) {
      return (V) healthy.value();
    }
    throw new AssertionError("The scorer wrote what nobody can read: " + answer);
  }

  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  private static ConsumerRecord<byte[], byte[]> consumed(HostileRecord record, long offset) {
    return new ConsumerRecord<>(
        TOKENS.name(),
        (int) (offset % 4),
        offset,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.key() == null ? -1 : record.key().length,
        record.value() == null ? -1 : record.value().length,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  private UnitScorer<SentimentScore> scorer() {
    ScorerMetrics metrics = new ScorerMetrics(meters, Clock.systemUTC(), "sentiment");
    return new UnitScorer<>(
        ScorerCodecs.over(registry, TOPICS, ScorerTask.sentiment(TOPICS)),
        new SentimentScoring(models, new BatchCutter(new BatchBudget(256, 0.5)), metrics.batches()),
        Clock.systemUTC());
  }

  private static EngineModels<LoadedModel> models(Path folder) {
    return EngineModels.sentiment(
        folder, new EngineOptions(ExecutionProvider.CPU, 1), Clock.systemUTC());
  }
}
