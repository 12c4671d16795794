package io.headwater.trainer.translation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.export.ReferenceTransformer.Greedy;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine on packages as they are written here. */
class ExportedTranslationTest {

  /** As many tokens as the tiny tokenizer has. */
  private static final TransformerShape SHAPE = new TransformerShape(20, 16, 2, 24, 2, 2, 32);

  private static final int LONGEST = 14;

  private final TransformerWeights weights = RandomWeights.of(SHAPE, 38);
  private final ReferenceTransformer reference = new ReferenceTransformer(weights);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void writesWhatTheReferenceWrites(DecoderLayout layout) throws Exception {
    List<int[]> sources = sources();
    try (TranslationEngine engine = TranslationEngine.open(written(layout), EngineOptions.cpu())) {

      List<Hypothesis> found =
          engine.translate(sources, new DecodingRequest("en", 1, 512, false), () -> {});

      int ended = 0;
      for (int i = 0; i < sources.size(); i++) {
        Greedy expected = reference.greedy(sources.get(i), LONGEST);
        assertThat(found.get(i).tokenIds()).isEqualTo(expected.tokenIds());
        assertThat(found.get(i).hitLengthLimit()).isEqualTo(!expected.ended());
        assertThat(found.get(i).logProbability())
            .isCloseTo(expected.logProbability(), within(1e-3));
        ended += expected.ended() ? 1 : 0;
      }
      assertThat(ended).as("translations that end by themselves").isBetween(2, 38);
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void saysWhichSourceTokensItLookedAt(DecoderLayout layout) throws Exception {
    try (TranslationEngine engine = TranslationEngine.open(written(layout), EngineOptions.cpu())) {

      List<Hypothesis> found =
          engine.translate(sources(), new DecodingRequest("en", 0, 512, true), () -> {});

      assertThat(engine.explains()).isTrue();
      for (int i = 0; i < found.size(); i++) {
        for (float[] looks : found.get(i).alignment()) {
          assertThat(looks).hasSize(sources().get(i).length);
          float sum = 0;
          for (float look : looks) {
            sum += look;
          }
          assertThat(sum).isCloseTo(1, within(1e-5f));
        }
      }
    }
  }

  private ModelPackage written(DecoderLayout layout) throws Exception {
    Path tokenizer = folder.resolve("tiny.json");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/tiny-tokenizer.json"))) {
      Files.copy(in, tokenizer);
    }
    PackageDescription description =
        new PackageDescription(
            new ModelId("tiny-de-en", "1.0.0"),
            List.of(new LanguagePair("de", "en")),
            SHAPE.maxPositions(),
            GenerationDefaults.fourBeams(LONGEST),
            new ModelCard("For tests.", "Apache-2.0", "random", "none", Map.of()));
    return new TranslationPackage(weights, description, tokenizer)
        .write(layout, folder.resolve("made"));
  }

  private static List<int[]> sources() {
    Random random = new Random(4);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sources.add(random.ints(1 + i % 13, 3, SHAPE.vocabulary()).toArray());
    }
    return sources;
  }
}
