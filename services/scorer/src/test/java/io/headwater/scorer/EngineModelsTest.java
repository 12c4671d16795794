package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.explain.ExplainLimits;
import io.headwater.models.explain.SegmentExplanation;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.LoadedExplainer;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.ScoringObserver;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.headwater.scorer.sentiment.Sequences;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Scored;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** The models of the folder that ships. */
class EngineModelsTest {
  private static final ModelRef SHIPPED = new ModelRef("sentiment-e5-small-v2", "1.3.0");

  private static final ExplainLimits FEW = new ExplainLimits(8, 1_000_000);

  private static @Nullable EngineModels<LoadedModel> shared;

  @BeforeContainer
  static void open() {
    shared =
        EngineModels.sentiment(
            new ModelCatalog(Path.of(System.getProperty("headwater.packages"))),
            new EngineOptions(ExecutionProvider.CPU, 0),
            Clock.systemUTC());
  }

  @AfterContainer
  static void close() {
    models().close();
  }

  @Example
  void aModelIsLoadedOnce() {
    LoadedModel first = models().require(SHIPPED);

    assertThat(models().require(new ModelRef("sentiment-e5-small-v2", "1.3.0"))).isSameAs(first);
    assertThat(models().load(new ModelId("sentiment-e5-small-v2", "1.3.0")))
        .isSameAs(models().load(new ModelId("sentiment-e5-small-v2", "1.3.0")));
    assertThat(first.provenance().getExecutionProvider()).isEqualTo("cpu");
    assertThat(first.provenance().getRuntime()).startsWith("onnxruntime ");
    assertThat(first.provenance().getModelDigest()).matches("[0-9a-f]{64}");
    assertThat(first.labels()).containsExactly("negative", "neutral", "positive");
  }

  @Example
  void aStampThatNobodyHasIsOneLineForTheOperator() {
    for (ModelRef stamp :
        List.of(
            new ModelRef("sentiment-e5-small-v2", "9.9.9"),
            new ModelRef("../../etc", "1.0.0"),
            new ModelRef("", ""))) {
      for (int time = 0; time < 2; time++) {
        assertThatThrownBy(() -> models().require(stamp))
            .isInstanceOf(UnknownModelException.class)
            .message()
            .isNotBlank()
            .doesNotContain("\n");
      }
    }
  }

  @Example
  void whoInventsStampsFillsNoMemoryAndIsNotRepeated() {
    for (int i = 0; i < 3_000; i++) {
      ModelRef stamp = new ModelRef("invented-" + i, "1.0.0");
      assertThatThrownBy(() -> models().require(stamp)).isInstanceOf(UnknownModelException.class);
    }
    assertThat(models().missing()).isLessThanOrEqualTo(1_000);

    assertThatThrownBy(() -> models().require(new ModelRef("a\nline of the log", "1.0.0")))
        .message()
        .doesNotContain("log");
    assertThatThrownBy(() -> models().require(new ModelRef("x".repeat(1_000_000), "1.0.0")))
        .message()
        .hasSizeLessThan(200);
  }

  @Example
  void aModelThatMustBeThereIsAskedForByName() {
    assertThatThrownBy(() -> models().load(new ModelId("nobody", "1.0.0")))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("sentiment-e5-small-v2@1.3.0");
  }

  @Example
  void theShippedModelCanBeExplained() {
    try (EngineModels<LoadedExplainer> explainers =
        EngineModels.explainers(
            new ModelCatalog(Path.of(System.getProperty("headwater.packages"))),
            EngineOptions.cpu(),
            Clock.systemUTC())) {
      LoadedExplainer model = explainers.require(SHIPPED);
      boolean[] special = new boolean[] {true, false, false, true};

      SegmentExplanation first =
          model.explainer().explain(new int[] {101, 2204, 3185, 102}, special, 2, FEW);
      SegmentExplanation again =
          model.explainer().explain(new int[] {101, 2204, 3185, 102}, special, 2, FEW);

      assertThat(model.provenance()).isEqualTo(models().require(SHIPPED).provenance());
      assertThat(first.maps()).hasValueSatisfying(maps -> assertThat(maps.layers()).isEqualTo(12));
      assertThat(first.maps().orElseThrow().weights())
          .isEqualTo(again.maps().orElseThrow().weights());
      assertThat(first.tokens().occlusion()).isEqualTo(again.tokens().occlusion());
    }
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void aMessageIsScoredToTheBitAlikeAloneAndAmongOthers(
      @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 1, max = 24) Integer> lengths,
      @ForAll @IntRange(min = 16, max = 512) int budget,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<TokenSequence> unit = new ArrayList<>();
    for (int length : lengths) {
      unit.add(sequence(length, random));
    }

    List<Scoring<SentimentScore>> together = scoring(budget).score(unit);

    for (int i = 0; i < unit.size(); i++) {
      assertThat(together.get(i)).isInstanceOf(Scored.class);
      assertThat(together.get(i)).isEqualTo(scoring(1_024).score(List.of(unit.get(i))).get(0));
    }
  }

  private static TokenSequence sequence(int length, Random random) {
    LoadedModel model = models().require(SHIPPED);
    int[][] segments = new int[1 + random.nextInt(2)][];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = random.ints(length, 1_000, model.limits().vocabularySize()).toArray();
    }
    TokenSequence sequence = Sequences.stamped(SHIPPED, Sequences.of("m", segments));
    sequence.setTokenizerDigest(model.limits().tokenizerDigest());
    return sequence;
  }

  private static SentimentScoring scoring(int budget) {
    return new SentimentScoring(
        models(), new BatchCutter(new BatchBudget(budget, 512)), ScoringObserver.NONE);
  }

  private static EngineModels<LoadedModel> models() {
    if (shared == null) {
      throw new IllegalStateException("the models are opened before the first test");
    }
    return shared;
  }
}
