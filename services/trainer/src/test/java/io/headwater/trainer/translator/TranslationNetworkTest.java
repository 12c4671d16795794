package io.headwater.trainer.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.learning.TokenTensors;
import io.headwater.trainer.network.DecoderForm;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.network.LayerForm.Kind;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.network.TranslationShape;
import io.headwater.trainer.network.Written;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.export.DecoderTensors;
import io.headwater.trainer.translation.export.GraphSession;
import io.headwater.trainer.translation.export.GraphSession.Floats;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranslationNetworkTest {
  private static final int LENGTH = 7;
  private static final List<int[]> SOURCES =
      List.of(new int[] {5, 6, 7, 8, 9, 10, 2}, new int[] {11, 12, 2});
  private static final int[][] TARGETS = {{1, 9, 4, 17, 6, 20, 5}, {1, 8, 8, 21, 15, 4, 13}};

  static Stream<Map.Entry<String, TranslationShape>> shapes() {
    return TinyNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aStepWithACacheSaysWhatTheWholePassSays(Map.Entry<String, TranslationShape> shape) {
    TranslationNetwork network = new TranslationNetwork(shape.getValue());
    Weights weights = TinyNetworks.weights(network);
    try (NDManager manager = Torch.newManager()) {
      TorchOps ops = new TorchOps(TinyNetworks.arrays(weights, manager), manager, false);
      Tokens<NDArray> source = TokenTensors.of(SOURCES, manager);
      NDArray states = network.encode(ops, source);
      float[] whole =
          network
              .decode(ops, ids(manager, 0, LENGTH), states, source.keep())
              .logits()
              .toFloatArray();

      Written<NDArray> step = network.decode(ops, ids(manager, 0, 2), states, source.keep());
      for (int at = 2; at < LENGTH; at++) {
        step = network.step(ops, ids(manager, at, at + 1), step.memory(), source.keep());

        assertNear(step.logits().toFloatArray(), whole, at);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theGraphsSayWhatTheNetworkSays(Map.Entry<String, TranslationShape> shape) throws Exception {
    TranslationNetwork network = new TranslationNetwork(shape.getValue());
    Weights weights = TinyNetworks.weights(network);
    float[] whole = torch(network, weights, TARGETS);
    var graphs = new NetworkGraphs(network, weights).all();
    Map<String, Object> inputs = new HashMap<>();
    int[][] mask = {{1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 0, 0, 0, 0}};
    inputs.put(DecoderTensors.SOURCE_MASK, mask);
    int[][] sources = {SOURCES.get(0), Arrays.copyOf(SOURCES.get(1), LENGTH)};
    try (GraphSession encoder =
            new GraphSession(Objects.requireNonNull(graphs.get("encoder_model.onnx")));
        GraphSession first =
            new GraphSession(Objects.requireNonNull(graphs.get("decoder_model.onnx")));
        GraphSession later =
            new GraphSession(Objects.requireNonNull(graphs.get("decoder_with_past_model.onnx")))) {
      inputs.put(
          DecoderTensors.SOURCE_STATES,
          encoder
              .run(
                  Map.of("input_ids", sources, "attention_mask", mask),
                  List.of("last_hidden_state"))
              .get("last_hidden_state"));
      inputs.put(DecoderTensors.IDS, columns(0, 3));

      Map<String, Floats> found = first.run(inputs, first.outputNames());
      for (int at = 3; at < LENGTH; at++) {
        found.forEach(
            (name, value) -> inputs.put(name.replace("present", "past_key_values"), value));
        inputs.put(DecoderTensors.IDS, columns(at, at + 1));
        found = later.run(inputs, later.outputNames());

        assertNear(Objects.requireNonNull(found.get(DecoderTensors.LOGITS)).values(), whole, at);
        Floats looks = Objects.requireNonNull(found.get(DecoderTensors.crossAttention(0)));
        assertThat(looks.shape()[3]).isEqualTo(LENGTH);
        assertThat(looks.row(1)[5]).isZero();
      }
    }
  }

  @Test
  void whatComesLaterChangesNothingBefore() {
    TranslationNetwork network = TinyNetworks.mixed();
    Weights weights = TinyNetworks.weights(network);
    int[][] others = {TARGETS[0].clone(), TARGETS[1].clone()};
    others[0][5] = 7;
    others[1][6] = 6;

    float[] before = torch(network, weights, TARGETS);
    float[] after = torch(network, weights, others);

    int row = LENGTH * TinyNetworks.VOCABULARY;
    assertThat(Arrays.copyOf(after, 5 * TinyNetworks.VOCABULARY))
        .isEqualTo(Arrays.copyOf(before, 5 * TinyNetworks.VOCABULARY));
    assertThat(Arrays.copyOfRange(after, row, row + 6 * TinyNetworks.VOCABULARY))
        .isEqualTo(Arrays.copyOfRange(before, row, row + 6 * TinyNetworks.VOCABULARY));
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void aFormThatSeesWhatComesLaterIsForNoDecoder() {
    TranslationShape shape = TinyNetworks.mixed().shape();
    LayerForm local = new LayerForm(Kind.LOCAL, 2, 2, 0, 4, 0);

    assertThatThrownBy(
            () -> new TranslationShape(shape.encoder(), List.of(DecoderForm.of(local)), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("local attention sees what comes later");
  }

  private static float[] torch(TranslationNetwork network, Weights weights, int[][] targets) {
    try (NDManager manager = Torch.newManager()) {
      TorchOps ops = new TorchOps(TinyNetworks.arrays(weights, manager), manager, false);
      Tokens<NDArray> source = TokenTensors.of(SOURCES, manager);
      NDArray ids = TokenTensors.of(List.of(targets), manager).ids();
      return network
          .decode(ops, ids, network.encode(ops, source), source.keep())
          .logits()
          .toFloatArray();
    }
  }

  private static NDArray ids(NDManager manager, int from, int to) {
    long[] flat =
        Arrays.stream(columns(from, to)).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return manager.create(flat, new Shape(TARGETS.length, to - from));
  }

  private static int[][] columns(int from, int to) {
    return Arrays.stream(TARGETS)
        .map(row -> Arrays.copyOfRange(row, from, to))
        .toArray(int[][]::new);
  }

  /** Compares the logits of one place in all rows. */
  private static void assertNear(float[] actual, float[] whole, int at) {
    for (int row = 0; row < TARGETS.length; row++) {
      for (int id = 0; id < TinyNetworks.VOCABULARY; id++) {
        assertThat(actual[row * TinyNetworks.VOCABULARY + id])
            .as("row %d, place %d, token %d", row, at, id)
            .isCloseTo(whole[(row * LENGTH + at) * TinyNetworks.VOCABULARY + id], within(2e-4f));
      }
    }
  }
}
