package io.headwater.models.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.ModelPackage;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The promise: what a source becomes does not depend on the sources beside it, on how they are cut
 * into batches, or on the number of threads. Ids are the same, and log-probabilities to the last
 * bit.
 */
class BatchInvarianceTest {

  private static final int LONGEST = 60;
  private static final List<TranslationEngine> ENGINES = new ArrayList<>();
  private static Path folder = Path.of("");

  @BeforeContainer
  static void openEngines() throws IOException {
    folder = Files.createTempDirectory("invariance");
    TinyTransformer model = TinyTransformer.random(5, TranslationFolder.VOCABULARY, 128, 4, 2, 3);
    TranslationFolder.empty(folder)
        .merged(model, true)
        .describe()
        .edit("model.json", "\"maxTokens\": 24", "\"maxTokens\": " + LONGEST);
    for (int threads : new int[] {1, 2, 3, 5}) {
      ENGINES.add(
          TranslationEngine.open(
              ModelPackage.open(folder), new EngineOptions(ExecutionProvider.CPU, threads)));
    }
  }

  @AfterContainer
  static void closeEngines() throws IOException {
    ENGINES.forEach(TranslationEngine::close);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void neighboursBatchesAndThreadsNeverChangeATranslation(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = LONGEST) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4) int beams,
      @ForAll @IntRange(min = 1, max = 3000) int batchTokens,
      @ForAll @IntRange(min = 0, max = 3) int engine,
      @ForAll boolean explain,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<int[]> sources = new ArrayList<>();
    lengths.forEach(
        length -> sources.add(random.ints(length, 3, TranslationFolder.VOCABULARY).toArray()));
    DecodingRequest request = new DecodingRequest("en", beams, batchTokens, explain);

    List<Hypothesis> together = ENGINES.get(engine).translate(sources, request, () -> {});

    for (int i = 0; i < sources.size(); i++) {
      Hypothesis alone =
          ENGINES.get(0).translate(List.of(sources.get(i)), request, () -> {}).get(0);
      assertThat(together.get(i).tokenIds())
          .as("source %d of %s", i, lengths)
          .isEqualTo(alone.tokenIds());
      assertThat(Double.doubleToRawLongBits(together.get(i).logProbability()))
          .as("source %d of %s", i, lengths)
          .isEqualTo(Double.doubleToRawLongBits(alone.logProbability()));
      assertThat(Arrays.deepEquals(together.get(i).alignment(), alone.alignment())).isTrue();
    }
  }
}
