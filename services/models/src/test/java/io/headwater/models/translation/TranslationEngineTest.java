package io.headwater.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.EngineException;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationEngineTest {

  private static final DecodingRequest GREEDY = new DecodingRequest("en", 1, 500, false);
  private static final DecodingRequest EXPLAINED = new DecodingRequest("en", 3, 500, true);
  private static final List<int[]> SOURCES =
      List.of(new int[] {5, 6, 2}, new int[] {7, 8, 9, 10, 20, 2}, new int[] {11, 2});

  @TempDir Path folder;

  @Test
  void givesAHypothesisForEachSourceInTheirOrder() {
    TranslationFolder.good(folder);
    try (TranslationEngine engine = open()) {

      List<Hypothesis> found = engine.translate(SOURCES, GREEDY, () -> {});

      assertThat(found).hasSize(3);
      for (int i = 0; i < found.size(); i++) {
        Hypothesis alone = engine.translate(List.of(SOURCES.get(i)), GREEDY, () -> {}).get(0);
        assertThat(found.get(i).tokenIds()).isEqualTo(alone.tokenIds());
        assertThat(found.get(i).logProbability()).isNegative();
        assertThat(found.get(i).alignment()).isEmpty();
      }
    }
  }

  @Test
  void givesNothingForNothing() {
    TranslationFolder.good(folder);
    try (TranslationEngine engine = open()) {
      assertThat(engine.translate(List.of(), GREEDY, () -> {})).isEmpty();
    }
  }

  @Test
  void searchesAsWideAsThePackageSaysUnlessAskedOtherwise() {
    TranslationFolder.good(folder)
        .edit("generation_config.json", "\"num_beams\": 1", "\"num_beams\": 4")
        .describe();
    try (TranslationEngine engine = open()) {

      List<Hypothesis> asThePackageSays =
          engine.translate(SOURCES, new DecodingRequest("en", 0, 500, false), () -> {});

      List<Hypothesis> four =
          engine.translate(SOURCES, new DecodingRequest("en", 4, 500, false), () -> {});
      assertThat(asThePackageSays.stream().map(Hypothesis::logProbability))
          .isEqualTo(four.stream().map(Hypothesis::logProbability).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysWhatEachTokenLookedAt(boolean merged) {
    TinyTransformer model = TranslationFolder.anyModel();
    TranslationFolder made = TranslationFolder.empty(folder);
    (merged ? made.merged(model, true) : made.separate(model, true)).describe();
    try (TranslationEngine engine = open()) {

      List<Hypothesis> found = engine.translate(SOURCES, EXPLAINED, () -> {});

      assertThat(engine.explains()).isTrue();
      for (int i = 0; i < found.size(); i++) {
        assertExplained(new TransformerByHand(model, SOURCES.get(i)), found.get(i));
      }
    }
  }

  private static void assertExplained(TransformerByHand byHand, Hypothesis hypothesis) {
    int[] written = {1};
    assertThat(hypothesis.alignment()).hasNumberOfRows(hypothesis.tokenIds().length);
    for (int target = 0; target < hypothesis.tokenIds().length; target++) {
      double[] expected = byHand.attention(written);
      float[] row = hypothesis.alignment()[target];
      assertThat(row).hasSize(expected.length);
      double sum = 0;
      for (int source = 0; source < row.length; source++) {
        assertThat((double) row[source]).isCloseTo(expected[source], within(1e-4));
        sum += row[source];
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      written = Arrays.copyOf(written, written.length + 1);
      written[written.length - 1] = hypothesis.tokenIds()[target];
    }
  }

  @Test
  void givesNoAlignmentIfTheModelCannotExplainItself() {
    TranslationFolder.empty(folder).merged(TranslationFolder.anyModel(), false).describe();
    try (TranslationEngine engine = open()) {
      assertThat(engine.explains()).isFalse();
      assertThat(engine.translate(SOURCES, EXPLAINED, () -> {}).get(0).alignment()).isEmpty();
    }
  }

  @Test
  void endsWhenThePulseThrowsAndWorksAgainAfterwards() {
    TranslationFolder.good(folder);
    try (TranslationEngine engine = open()) {
      List<Integer> pulses = new ArrayList<>();

      assertThatThrownBy(
              () ->
                  engine.translate(
                      SOURCES,
                      GREEDY,
                      () -> {
                        pulses.add(pulses.size());
                        if (pulses.size() == 3) {
                          throw new IllegalStateException("enough");
                        }
                      }))
          .hasMessage("enough");

      assertThat(pulses).hasSize(3);
      assertThat(engine.translate(SOURCES, GREEDY, () -> {})).hasSize(3);
    }
  }

  @Test
  void saysThatScoresAreNoNumbersAndWorksAgainAfterwards() {
    TranslationFolder.empty(folder)
        .merged(TranslationFolder.anyModel().withoutNumbersFor(9), false)
        .describe();
    try (TranslationEngine engine = open()) {
      assertThatThrownBy(() -> engine.translate(SOURCES, GREEDY, () -> {}))
          .isInstanceOf(EngineException.class)
          .hasMessage("the model's scores are not numbers (NaN)");
      assertThat(engine.translate(SOURCES.subList(0, 1), GREEDY, () -> {})).hasSize(1);
    }
  }

  @Test
  void saysWhenATranslationGrewTooLong() {
    TranslationFolder.empty(folder)
        .merged(TinyTransformer.random(1, TranslationFolder.VOCABULARY, 16, 2, 2, -99), false)
        .describe();
    try (TranslationEngine engine = open()) {

      Hypothesis found = engine.translate(SOURCES, GREEDY, () -> {}).get(0);

      assertThat(found.hitLengthLimit()).isTrue();
      assertThat(found.tokenIds()).hasSize(15);
    }
  }

  @Test
  void refusesWhatDoesNotFitTheModel() {
    TranslationFolder.good(folder);
    try (TranslationEngine engine = open()) {
      assertRefused(engine, new int[25], "en", "a source has 25 tokens; the model takes 1 to 24");
      assertRefused(engine, new int[0], "en", "a source has 0 tokens; the model takes 1 to 24");
      assertRefused(engine, new int[] {24}, "en", "token id 24 is outside the vocabulary of 24");
      assertRefused(
          engine, new int[] {5}, "fr", "model tiny-translation@1.0.0 does not write language fr");
    }
  }

  private static void assertRefused(
      TranslationEngine engine, int[] source, String language, String line) {
    DecodingRequest request = new DecodingRequest(language, 1, 500, false);
    assertThatThrownBy(() -> engine.translate(List.of(source), request, () -> {}))
        .isInstanceOf(EngineException.class)
        .hasMessage(line);
  }

  @Test
  void tellsAModelOfManyLanguagesWhichOneToWrite() {
    TinyTransformer model =
        TinyTransformer.random(3, TranslationFolder.VOCABULARY + 3, 16, 2, 2, 2);
    TranslationFolder.empty(folder)
        .tokenizerWith("__de__", "__en__", "__fr__")
        .merged(model, true)
        .text("config.json", "{\"max_position_embeddings\": 32}");
    try (TranslationEngine engine = open()) {
      int[] source = {TranslationFolder.VOCABULARY, 5, 6, 2};

      Hypothesis found =
          engine
              .translate(List.of(source), new DecodingRequest("fr", 3, 500, true), () -> {})
              .get(0);

      int french = TranslationFolder.VOCABULARY + 2;
      TransformerByHand byHand = new TransformerByHand(model, source);
      int first = found.tokenIds()[0];
      double[] afterFrench = byHand.logProbabilities(new int[] {1, french});
      assertThat(first).isNotEqualTo(french);
      assertThat(afterFrench[first]).isGreaterThan(-5);
      assertThat(found.alignment()).hasNumberOfRows(found.tokenIds().length);
    }
  }

  @Test
  void neverWritesWhatTheTokenizerDoesNotKnow() {
    TinyTransformer model =
        TinyTransformer.random(3, TranslationFolder.VOCABULARY + 40, 16, 2, 2, 0);
    TranslationFolder.empty(folder)
        .merged(model, false)
        .text("config.json", "{\"vocab_size\": %d}".formatted(model.vocabulary()))
        .describe();
    try (TranslationEngine engine = open()) {
      for (Hypothesis found : engine.translate(SOURCES, GREEDY, () -> {})) {
        assertThat(Arrays.stream(found.tokenIds()))
            .allMatch(id -> id < TranslationFolder.VOCABULARY);
      }
    }
  }

  @Test
  void tellsWhereItRunsAndOnWhat() {
    TranslationFolder.good(folder);
    try (TranslationEngine engine = open()) {
      assertThat(engine.provider()).isEqualTo(ExecutionProvider.CPU);
      assertThat(engine.fallbackReason()).isEmpty();
      assertThat(engine.runtimeVersion()).startsWith("onnxruntime 1.");
      assertThat(engine.vocabularySize()).isEqualTo(TranslationFolder.VOCABULARY);
    }
  }

  @Test
  void refusesAPackageOfAnotherTask() {
    PackageFolder.good(folder);

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("its task is sentiment, but a translation model is needed");
  }

  private TranslationEngine open() {
    return TranslationEngine.open(
        ModelPackage.open(folder), new EngineOptions(ExecutionProvider.CPU, 1));
  }
}
