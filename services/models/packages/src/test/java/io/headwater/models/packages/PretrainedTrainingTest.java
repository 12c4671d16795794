package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.pretrained.PretrainedClassifier;
import io.headwater.trainer.pretrained.PretrainedClassifier.Options;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.tensor.Weights.Weight;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped encoder, read into PyTorch, trained by a step, and written again. */
class PretrainedTrainingTest {
  private static final List<int[]> ROWS =
      List.of(
          new int[] {101, 23032, 1024, 1045, 2293, 2023, 102},
          new int[] {101, 23032, 1024, 2054, 1037, 5949, 1997, 2051, 1998, 2769, 102},
          new int[] {101, 2204, 102});

  /** Differences of single precision between two libraries, over twelve layers. */
  private static final float SAME = 1e-5f;

  private static final NDManager manager = Torch.newManager();
  private static ModelProto graph;
  private static PretrainedClassifier classifier;

  @BeforeAll
  static void read() throws IOException {
    graph = OnnxFile.read(ShippedSentiment.open().graphFile());
    classifier = PretrainedClassifier.of(graph, Options.usual());
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  @Test
  void givesTheNumbersOfOnnxRuntimeBeforeItIsTrained() {
    Map<String, NDArray> weights = arrays(classifier.initial(1));

    float[] here = probabilities(weights);

    assertThat(here).containsExactly(scores(graph), within(SAME));
  }

  @Test
  void writesTheGraphThatItReadIfNothingWasTrained() {
    ModelProto again = classifier.export(classifier.initial(1), 1);

    assertThat(scores(again)).containsExactly(scores(graph));
  }

  @Test
  void learnsInEveryLayerAndWritesWhatItLearned() {
    Weights initial = classifier.initial(1);
    Map<String, NDArray> weights = arrays(initial);
    float before = probabilities(weights)[0];

    learnThatTheFirstIsNegative(weights);

    assertThat(probabilities(weights)[0]).isGreaterThan(before);
    Map<String, Weight> trained = new LinkedHashMap<>();
    initial
        .all()
        .forEach(
            (name, weight) ->
                trained.put(name, new Weight(weight.spec(), get(weights, name).toFloatArray())));
    assertThat(scores(classifier.export(new Weights(trained), 1)))
        .containsExactly(probabilities(weights), within(SAME));
  }

  @Test
  void coolsTheProbabilitiesByATemperature() {
    float[] warm = scores(graph);

    float[] cool = scores(classifier.export(classifier.initial(1), 2));

    double ratio = Math.log(warm[1] / warm[0]) / 2;
    assertThat(Math.log(cool[1] / cool[0])).isCloseTo(ratio, within(1e-4));
  }

  @Test
  void namesTheOperatorsThatItCannotTrain() throws IOException {
    ModelProto integers = OnnxFile.read(ShippedSentiment.open(ShippedSentiment.INT8).graphFile());

    assertThatThrownBy(() -> PretrainedClassifier.of(integers, Options.usual()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MatMulIntegerToFloat")
        .hasMessageContaining("fp32");
  }

  private static void learnThatTheFirstIsNegative(Map<String, NDArray> weights) {
    weights.forEach((name, weight) -> weight.setRequiresGradient(classifier.trains(name)));
    try (NDManager pass = manager.newSubManager();
        GradientCollector collector = Torch.newCollector()) {
      NDArray logits = classifier.logits(new TorchOps(weights, pass, true), tokens(pass));
      collector.backward(logits.logSoftmax(-1).get("0,0").neg());
    }
    weights.forEach(
        (name, weight) -> {
          if (classifier.trains(name)) {
            NDArray gradient = weight.getGradient();
            boolean moves = gradient.abs().sum().getFloat() > 0;
            // A bias of keys moves all scores of a query alike, so it never learns.
            assertThat(moves || name.endsWith("key.bias")).as(name).isTrue();
            weight.setRequiresGradient(false);
            weight.subi(gradient.mul(1e-3f));
          }
        });
  }

  private static float[] probabilities(Map<String, NDArray> weights) {
    try (NDManager pass = manager.newSubManager()) {
      return classifier
          .logits(new TorchOps(weights, pass, false), tokens(pass))
          .softmax(-1)
          .toFloatArray();
    }
  }

  private static Tokens<NDArray> tokens(NDManager pass) {
    int length = ROWS.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] ids = new long[ROWS.size() * length];
    float[] keep = new float[ids.length];
    for (int row = 0; row < ROWS.size(); row++) {
      for (int i = 0; i < ROWS.get(row).length; i++) {
        ids[row * length + i] = ROWS.get(row)[i];
        keep[row * length + i] = 1;
      }
    }
    Shape shape = new Shape(ROWS.size(), length);
    return new Tokens<>(pass.create(ids, shape), pass.create(keep, shape));
  }

  private static Map<String, NDArray> arrays(Weights weights) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    weights
        .all()
        .forEach(
            (name, weight) -> {
              long[] shape = weight.spec().shape().stream().mapToLong(size -> size).toArray();
              arrays.put(name, manager.create(weight.values(), new Shape(shape)));
            });
    return arrays;
  }

  private static NDArray get(Map<String, NDArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private static float[] scores(ModelProto model) {
    try (TokenGraph session =
        TokenGraph.open("the graph", model.toByteArray(), EngineOptions.cpu())) {
      return session.run(ROWS, 0, List.of("probabilities")).get(0);
    }
  }
}
