package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.ExplanationBudget;
import io.headwater.scorer.sentiment.LoadedExplainer;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.SentimentExplanations;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.translation.LoadedTranslator;
import io.headwater.scorer.translation.TranslationScoring;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hostile token sequences at the scorer with real models. */
@Timeout(1_200)
class ScorerFuzzTest {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("");
  private static final EngineOptions CPU = new EngineOptions(ExecutionProvider.CPU, 1);

  @TempDir private Path folder;
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void register() {
    registry.register(TOPICS.all());
  }

  @Test
  void everyRecordBecomesAScoreOrALetterAndNeighboursDoNotMatter() {
    PackageFolder.good(folder.resolve("tiny/1.0.0"));
    ModelCatalog catalog = new ModelCatalog(folder);
    try (EngineModels<LoadedModel> models =
            EngineModels.sentiment(catalog, CPU, Clock.systemUTC());
        EngineModels<LoadedExplainer> explainers =
            EngineModels.explainers(catalog, CPU, Clock.systemUTC())) {
      ScorerTask<SentimentScore> task = ScorerTask.sentiment(TOPICS);
      BatchCutter cutter = new BatchCutter(new BatchBudget(256, 512));
      UnitScorer<SentimentScore> scorer =
          new UnitScorer<>(
              ScorerCodecs.over(registry, TOPICS, task),
              new SentimentScoring(models, cutter, metrics(task.name()).batches()),
              new SentimentExplanations(explainers, new ExplanationBudget(64, 1_000)),
              Clock.systemUTC());
      String digest = models.require(HealthyRecords.MODEL).limits().tokenizerDigest();

      new FuzzedUnits<>(registry, TOPICS, task, scorer, SentimentScore::getMessageId)
          .run(
              FuzzRun.of("scorer", 100_000),
              List.of(
                  HealthyRecords.tokens("short", digest, new int[] {2, 5, 3}),
                  explained(HealthyRecords.tokens("pad", digest, new int[] {2, 6, 7, 5, 5, 3})),
                  HealthyRecords.tokens(
                      "long", digest, new int[] {2, 5, 5, 6, 3}, new int[] {2, 7, 3})),
              (sent, score) ->
                  assertThat(score.getProbabilities())
                      .as("%s", sent)
                      .allSatisfy(p -> assertThat(p.getProbability()).isBetween(0f, 1f)));
    }
    assertThat(meters.getMeters().size()).as("metrics, whatever comes").isLessThan(60);
  }

  @Test
  void everyRecordBecomesATranslationOrALetterAndNeighboursDoNotMatter() {
    TranslationFolder.good(folder.resolve("tiny-translation/1.0.0"));
    TranslationSettings settings =
        new TranslationSettings(new ModelId("tiny-translation", "1.0.0"), 0, 256, 1_024);
    try (EngineModels<LoadedTranslator> models =
            EngineModels.translation(new ModelCatalog(folder), CPU, settings, Clock.systemUTC());
        TinyTranslation texts =
            new TinyTranslation(ModelPackage.open(folder.resolve("tiny-translation/1.0.0")))) {
      ScorerTask<Translation> task = ScorerTask.translation(TOPICS);
      UnitScorer<Translation> scorer =
          new UnitScorer<>(
              ScorerCodecs.over(registry, TOPICS, task),
              new TranslationScoring(models, 1_024, metrics(task.name()).translations()),
              Explaining.nothing(),
              Clock.systemUTC());
      TokenSequence explained = texts.sequence("explained", "der film ist gut.", "\n", "hallo!");
      explained.setExplain(true);
      TokenSequence skipped = texts.sequence("skipped", " ");
      skipped.setSkipReason("translation was not asked for");

      new FuzzedUnits<>(registry, TOPICS, task, scorer, Translation::getMessageId)
          .run(
              FuzzRun.of("translating-scorer", 10_000),
              List.of(texts.sequence("short", "hallo welt!"), explained, skipped),
              (sent, translation) -> {
                assertThat(translation.getLogProbability()).as("%s", sent).isFinite();
                assertThat(translation.getAlignments().size())
                    .isIn(0, translation.getSegmentCount());
              });
    }
    assertThat(meters.getMeters().size()).as("metrics, whatever comes").isLessThan(60);
  }

  private ScorerMetrics metrics(String task) {
    return new ScorerMetrics(meters, Clock.systemUTC(), task);
  }

  private static TokenSequence explained(TokenSequence sequence) {
    sequence.setExplain(true);
    return sequence;
  }
}
