package io.headwater.trainer.translator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import io.headwater.trainer.learning.TokenTensors;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.network.TranslationShape;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.export.GenerationDefaults;
import io.headwater.trainer.translation.export.PackageDescription;
import io.headwater.trainer.translation.vocabulary.BytePairLearner;
import io.headwater.trainer.translation.vocabulary.TokenizerFileWriter;
import io.headwater.trainer.translation.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product's decoder on packages of configured networks. */
class ExportedNetworkTest {
  private static final List<int[]> SOURCES = TinyNetworks.rows(14, 3);

  @TempDir private Path folder;

  static Stream<Map.Entry<String, TranslationShape>> shapes() {
    return TinyNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aPackageWritesWhatTheNetworkWrites(Map.Entry<String, TranslationShape> shape)
      throws IOException {
    TranslationNetwork network = new TranslationNetwork(shape.getValue());
    Weights weights = TinyNetworks.weights(network);
    List<int[]> slowly = slowly(network, weights);
    try (TranslationEngine engine =
        TranslationEngine.open(written(network, weights), EngineOptions.cpu())) {

      List<Hypothesis> greedy = translate(engine, SOURCES, 1);
      List<Hypothesis> beams = translate(engine, SOURCES, 4);

      assertThat(engine.explains()).isTrue();
      int varied = 0;
      for (int i = 0; i < SOURCES.size(); i++) {
        int[] found = greedy.get(i).tokenIds();
        int[] expected = slowly.get(i);
        assertThat(found).isEqualTo(expected);
        assertThat(greedy.get(i).hitLengthLimit())
            .isEqualTo(expected.length == TinyNetworks.POSITIONS - 1);
        varied += Arrays.equals(found, greedy.get(0).tokenIds()) ? 0 : 1;
        assertThat(beams.get(i).tokenIds()).isNotNull();
        // Neither the company nor the padding of a source shows in a single bit.
        Hypothesis alone = translate(engine, List.of(SOURCES.get(i)), 1).get(0);
        assertThat(alone.tokenIds()).isEqualTo(found);
        assertThat(alone.logProbability()).isEqualTo(greedy.get(i).logProbability());
      }
      assertThat(varied).as("translations unlike the first").isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void greedyTranslationWithACacheWritesWhatReadingEverythingAgainWrites(
      Map.Entry<String, TranslationShape> shape) {
    TranslationNetwork network = new TranslationNetwork(shape.getValue());
    Weights weights = TinyNetworks.weights(network);
    List<int[]> slowly = slowly(network, weights);
    try (NDManager manager = Torch.newManager()) {

      List<int[]> found =
          new GreedyTranslation(network, TinyNetworks.arrays(weights, manager), manager)
              .translate(SOURCES);

      for (int i = 0; i < SOURCES.size(); i++) {
        assertThat(found.get(i)).isEqualTo(slowly.get(i));
      }
    }
  }

  private static List<Hypothesis> translate(
      TranslationEngine engine, List<int[]> sources, int beams) {
    return engine.translate(sources, new DecodingRequest("en", beams, 512, false), () -> {});
  }

  /** Source by source, and all that was written is read again at each step. */
  private static List<int[]> slowly(TranslationNetwork network, Weights weights) {
    List<int[]> all = new ArrayList<>();
    try (NDManager manager = Torch.newManager()) {
      Map<String, NDArray> arrays = TinyNetworks.arrays(weights, manager);
      for (int[] source : SOURCES) {
        try (NDManager own = manager.newSubManager()) {
          TorchOps ops = new TorchOps(arrays, own, false);
          Tokens<NDArray> read = TokenTensors.of(List.of(source), own);
          NDArray states = network.encode(ops, read);
          List<Long> written = new ArrayList<>(List.of((long) TransformerShape.START));
          while (written.size() < TinyNetworks.POSITIONS) {
            long[] ids = written.stream().mapToLong(Long::longValue).toArray();
            NDArray logits =
                network
                    .decode(ops, own.create(ids, new Shape(1, ids.length)), states, read.keep())
                    .logits();
            long best = logits.get("0,-1").argMax().getLong();
            if (best == TransformerShape.END) {
              break;
            }
            written.add(best);
          }
          all.add(written.stream().skip(1).mapToInt(Math::toIntExact).toArray());
        }
      }
    }
    return all;
  }

  private ModelPackage written(TranslationNetwork network, Weights weights) throws IOException {
    Vocabulary vocabulary =
        BytePairLearner.learn(Collections.nCopies(10, "abcdefgh ijklm"), TinyNetworks.VOCABULARY);
    assertThat(vocabulary.size()).isEqualTo(TinyNetworks.VOCABULARY);
    Path tokenizer = folder.resolve("tokenizer.json");
    TokenizerFileWriter.write(vocabulary, tokenizer);
    PackageDescription description =
        new PackageDescription(
            new ModelId("tiny-de-en", "1.0.0"),
            List.of(new LanguagePair("de", "en")),
            TinyNetworks.POSITIONS,
            GenerationDefaults.fourBeams(TinyNetworks.POSITIONS),
            new ModelCard("For tests.", "Apache-2.0", "random", "none", Map.of()));
    return TranslatorRun.write(network, weights, description, tokenizer, folder.resolve("made"));
  }
}
