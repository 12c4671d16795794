package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.Alignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import io.headwater.scorer.translation.LoadedTranslator;
import io.headwater.scorer.translation.TranslationObserver;
import io.headwater.scorer.translation.TranslationScoring;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translation with a real engine and a real tokenizer, both tiny. */
class TranslationModelsTest {
  private static final List<String> WORDS =
      List.of("hallo", "welt", "der", "film", "ist", "gut", "schlecht", "nicht");

  @TempDir private Path folder;

  @Test
  void aTextIsLaidOutAsItsOriginalAndSaysWhatMadeIt() {
    ModelPackage files = write();
    try (EngineModels<LoadedTranslator> models = models(0);
        TinyTranslation texts = new TinyTranslation(files)) {
      TokenSequence one = texts.sequence("a", "Der Film ist gut.");
      TokenSequence two = texts.sequence("b", "Hallo Welt!");
      TokenSequence both =
          texts.sequence("c", "\n", "Der Film ist gut.", "\n\n", "Hallo Welt!", "  ");

      List<Scoring<Translation>> results = scoring(models).score(List.of(one, two, both));

      Translation whole = translation(results.get(2));
      assertThat(whole.getText())
          .isEqualTo(
              "\n%s\n\n%s  "
                  .formatted(
                      translation(results.get(0)).getText(),
                      translation(results.get(1)).getText()));
      assertThat(whole.getLogProbability())
          .isEqualTo(
              translation(results.get(0)).getLogProbability()
                  + translation(results.get(1)).getLogProbability());
      assertThat(whole.getLogProbability()).isNegative();
      assertThat(whole.getTokenCount()).isPositive();
      assertThat(whole.getProvenance().getModelDigest()).isEqualTo(files.modelDigest());
      assertThat(whole.getProvenance().getTokenizerDigest()).isEqualTo(files.tokenizerDigest());
      assertThat(whole.getProvenance().getRuntime()).matches("onnxruntime [0-9.]+");
      assertThat(whole.getProvenance().getExecutionProvider()).isEqualTo("cpu");
    }
  }

  @Test
  void beamsThatThePackageDoesNotChooseAreToldOf() {
    ModelPackage files = write();
    try (EngineModels<LoadedTranslator> models = models(3);
        TinyTranslation texts = new TinyTranslation(files)) {
      Scoring<Translation> result =
          scoring(models).score(List.of(texts.sequence("a", "Hallo Welt!"))).get(0);

      assertThat(translation(result).getProvenance().getRuntime()).endsWith(", beams 3");
    }
  }

  @Test
  void aMessageBecomesTheSameToTheLastBitAloneAndAmongOthers() {
    ModelPackage files = write();
    Random random = new Random(5);
    try (EngineModels<LoadedTranslator> models = models(2);
        TinyTranslation texts = new TinyTranslation(files)) {
      List<TokenSequence> unit = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        unit.add(texts.sequence("m" + i, sentence(random), " ", sentence(random)));
        unit.get(i).setExplain(i % 3 == 0);
      }

      List<Scoring<Translation>> together = scoring(models).score(unit);

      for (int i = 0; i < unit.size(); i++) {
        assertThat(together.get(i)).isInstanceOf(Scored.class);
        assertThat(together.get(i)).isEqualTo(scoring(models).score(List.of(unit.get(i))).get(0));
      }
    }
  }

  @Test
  void whatWasAskedToExplainItselfPointsIntoBothTexts() {
    ModelPackage files = write();
    try (EngineModels<LoadedTranslator> models = models(0);
        TinyTranslation texts = new TinyTranslation(files)) {
      TokenSequence sequence = texts.sequence("a", " ", "Der Film ist gut.", " ", "Hallo Welt!");
      sequence.setExplain(true);

      Translation translation = translation(scoring(models).score(List.of(sequence)).get(0));

      assertThat(translation.getAlignments()).hasSize(2);
      StringBuilder told = new StringBuilder();
      for (Alignment alignment : translation.getAlignments()) {
        int[] starts = TokenInts.unpack(alignment.getTargetStarts());
        int[] ends = TokenInts.unpack(alignment.getTargetEnds());
        int columns = TokenInts.unpack(alignment.getSourceStarts()).length;
        FloatBuffer weights = alignment.getWeights().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        assertThat(weights.remaining()).isEqualTo(starts.length * columns);
        for (int row = 0; row < starts.length; row++) {
          told.append(translation.getText(), starts[row], ends[row]);
          float sum = 0;
          for (int column = 0; column < columns; column++) {
            sum += weights.get(row * columns + column);
          }
          assertThat(sum).isBetween(0.999f, 1.001f);
        }
      }
      assertThat(told.toString().replace(" ", ""))
          .isEqualTo(translation.getText().replace(" ", ""));
    }
  }

  @Test
  void aRecordOnWhichTheModelHasNoNumbersIsFoundAmongHealthyOnes() {
    int bad = 11; // ▁schlecht
    TranslationFolder.empty(folder.resolve("tiny-translation/1.0.0"))
        .merged(TranslationFolder.anyModel().withoutNumbersFor(bad), false)
        .describe();
    ModelPackage files = ModelPackage.open(folder.resolve("tiny-translation/1.0.0"));
    try (EngineModels<LoadedTranslator> models = models(0);
        TinyTranslation texts = new TinyTranslation(files)) {
      List<TokenSequence> unit = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        unit.add(texts.sequence("m" + i, i == 6 ? "der film ist schlecht" : "hallo welt"));
      }

      List<Scoring<Translation>> results = scoring(models).score(unit);

      for (int i = 0; i < unit.size(); i++) {
        if (i == 6) {
          assertThat(results.get(i)).isInstanceOf(Failed.class);
          assertThat(((Failed<Translation>) results.get(i)).cause())
              .isEqualTo(DeadLetterCause.MODEL_FAILURE);
        } else {
          assertThat(translation(results.get(i)).getText())
              .isEqualTo(translation(results.get(0)).getText());
        }
      }
    }
  }

  @Test
  void aModelOfAnotherTaskIsNotTakenForOneThatTranslates() {
    PackageFolder.good(folder.resolve("tiny/1.0.0"));
    write();
    try (EngineModels<LoadedTranslator> models = models(0)) {
      assertThatThrownBy(() -> models.require(new ModelRef("tiny", "1.0.0")))
          .isInstanceOf(UnknownModelException.class)
          .hasMessageContaining("its task is sentiment, not translation");
      assertThat(models.require(TinyTranslation.MODEL))
          .isSameAs(models.require(TinyTranslation.MODEL));
    }
  }

  private ModelPackage write() {
    TranslationFolder.good(folder.resolve("tiny-translation/1.0.0"));
    return ModelPackage.open(folder.resolve("tiny-translation/1.0.0"));
  }

  private EngineModels<LoadedTranslator> models(int beams) {
    return EngineModels.translation(
        new ModelCatalog(folder),
        new EngineOptions(ExecutionProvider.CPU, 1),
        new TranslationSettings(new ModelId("tiny-translation", "1.0.0"), beams, 64, 256),
        Clock.systemUTC());
  }

  private static TranslationScoring scoring(EngineModels<LoadedTranslator> models) {
    return new TranslationScoring(models, 256, TranslationObserver.NONE);
  }

  private static String sentence(Random random) {
    StringBuilder sentence = new StringBuilder();
    for (int left = 1 + random.nextInt(8); left > 0; left--) {
      sentence.append(sentence.isEmpty() ? "" : " ").append(WORDS.get(random.nextInt(8)));
    }
    return sentence.append(random.nextBoolean() ? "." : "!").toString();
  }

  private static Translation translation(Scoring<Translation> result) {
    assertThat(result).isInstanceOf(Scored.class);
    return ((Scored<Translation>) result).result();
  }
}
