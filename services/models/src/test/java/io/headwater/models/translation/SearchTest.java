package io.headwater.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.ModelPackage;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * The engine finds what a search by hand finds on a model computed by hand: caches, their order and
 * the search itself are right.
 */
class SearchTest {

  private Path folder = Path.of("");

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = java.nio.file.Files.createTempDirectory("search");
  }

  @AfterProperty
  void deleteFolder() throws IOException {
    try (var files = java.nio.file.Files.list(folder)) {
      for (Path file : files.toList()) {
        java.nio.file.Files.delete(file);
      }
    }
    java.nio.file.Files.delete(folder);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void findsWhatASearchByHandFinds(
      @ForAll("settings") String generation,
      @ForAll boolean merged,
      @ForAll @IntRange(min = 1, max = 5) int beams,
      @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 20) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 1000) int seed)
      throws IOException {
    TinyTransformer model =
        TinyTransformer.random(seed, TranslationFolder.VOCABULARY, 16, 2, 2, seed % 4);
    TranslationFolder made =
        TranslationFolder.empty(folder).text("generation_config.json", generation);
    (merged ? made.merged(model, false) : made.separate(model, false)).describe();
    ModelPackage opened = ModelPackage.open(folder);
    GenerationSettings settings =
        GenerationSettingsReader.read(opened, opened.translation().orElseThrow());
    List<int[]> sources = sources(lengths, new Random(seed));

    List<Hypothesis> found;
    try (TranslationEngine engine =
        TranslationEngine.open(opened, new EngineOptions(ExecutionProvider.CPU, 1))) {
      found = engine.translate(sources, new DecodingRequest("en", beams, 200, false), () -> {});
    }

    for (int i = 0; i < sources.size(); i++) {
      TransformerByHand byHand = new TransformerByHand(model, sources.get(i));
      int forced = settings.forcedFirst().orElse(-1);
      SearchByHand.Found expected = new SearchByHand(settings, byHand, forced).search(beams);
      int skipped = forced < 0 ? 1 : 2;
      assertThat(found.get(i).tokenIds())
          .as("source %d of %s", i, lengths)
          .isEqualTo(Arrays.copyOfRange(expected.ids(), skipped, expected.ids().length));
      assertThat(found.get(i).logProbability()).isCloseTo(expected.logProbability(), within(1e-3));
      assertThat(found.get(i).hitLengthLimit()).isEqualTo(expected.cut());
    }
    deleteGraphs();
  }

  private void deleteGraphs() throws IOException {
    try (var files = java.nio.file.Files.list(folder)) {
      for (Path file : files.toList()) {
        java.nio.file.Files.delete(file);
      }
    }
  }

  private static List<int[]> sources(List<Integer> lengths, Random random) {
    List<int[]> sources = new ArrayList<>();
    for (int length : lengths) {
      sources.add(random.ints(length, 3, TranslationFolder.VOCABULARY).toArray());
    }
    return sources;
  }

  @Provide
  Arbitrary<String> settings() {
    return Combinators.combine(
            Arbitraries.of("", ", \"forced_bos_token_id\": 7"),
            Arbitraries.of("", ", \"forced_eos_token_id\": 2"),
            Arbitraries.of("false", "true", "\"never\""),
            Arbitraries.of(1.0, 0.0, 0.6, 2.0, -1.0),
            Arbitraries.of(0, 0, 1, 2, 3),
            Arbitraries.of(
                "", ", \"bad_words_ids\": [[5], [9, 10], [2]], \"suppress_tokens\": [11]"),
            Arbitraries.of("", ", \"min_length\": 5"),
            Arbitraries.of("2", "[2, 4]"))
        .as(
            (first, last, early, penalty, repeat, bad, least, ends) ->
                """
                {"decoder_start_token_id": 1, "eos_token_id": %s, "pad_token_id": 0,
                 "max_length": 14, "early_stopping": %s, "length_penalty": %s,
                 "no_repeat_ngram_size": %d%s%s%s%s}
                """
                    .formatted(ends, early, penalty, repeat, first, last, bad, least));
  }
}
