package io.headwater.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import io.headwater.trainer.network.LayerForm.Kind;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredClassifierTest {
  private static final int VOCABULARY = 50;
  private static final int LONGEST = 60;

  static Stream<EncoderShape> shapes() {
    List<LayerForm> mixed =
        List.of(
            new LayerForm(Kind.DOT_PRODUCT, 4, 2, 0, 0, 0),
            new LayerForm(Kind.LOCAL, 4, 4, 0, 8, 1),
            new LayerForm(Kind.HIERARCHICAL, 2, 2, 0, 16, 0),
            new LayerForm(Kind.ADDITIVE, 2, 2, 0, 0, 0),
            new LayerForm(Kind.GENERAL, 2, 2, 0, 0, 0));
    return Stream.of(
        shape(true, false, mixed),
        shape(false, false, mixed),
        shape(true, true, List.of(LayerForm.dotProduct(4, 0), LayerForm.dotProduct(4, 0))));
  }

  private static EncoderShape shape(boolean before, boolean shared, List<LayerForm> layers) {
    Activation activation = before ? Activation.GELU : Activation.RELU;
    return new EncoderShape(
        VOCABULARY, 32, LONGEST, 64, activation, before, 0.1f, 0.1f, shared, layers);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theExportSaysWhatTheNetworkSays(EncoderShape shape) {
    ConfiguredClassifier classifier = new ConfiguredClassifier(shape);
    Weights weights = classifier.initial(3);
    List<int[]> rows = rows(5);

    float[] expected = torch(classifier, weights, rows, 1.5f);
    float[] actual = exported(classifier, weights, 1.5f, List.of(rows)).get(0);

    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aRowHasTheSameBitsInAnyBatch(EncoderShape shape) {
    ConfiguredClassifier classifier = new ConfiguredClassifier(shape);
    Weights weights = classifier.initial(3);
    List<int[]> rows = rows(9);
    List<List<int[]>> batches = new ArrayList<>();
    batches.add(rows);
    rows.forEach(row -> batches.add(List.of(row)));
    batches.add(rows.subList(0, 2));
    batches.add(rows.subList(3, 6));

    List<float[]> results = exported(classifier, weights, 1, batches);

    IdentityHashMap<int[], float[]> alone = new IdentityHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      alone.put(rows.get(i), results.get(i + 1));
    }
    for (int batch = 0; batch < batches.size(); batch++) {
      for (int row = 0; row < batches.get(batch).size(); row++) {
        float[] single = alone.getOrDefault(batches.get(batch).get(row), new float[0]);
        for (int label = 0; label < 3; label++) {
          assertThat(results.get(batch)[row * 3 + label])
              .as("batch %d row %d", batch, row)
              .isEqualTo(single[label]);
        }
      }
    }
  }

  @Test
  void sharedLayersHaveFewerWeights() {
    List<LayerForm> layers = List.of(LayerForm.dotProduct(4, 0), LayerForm.dotProduct(4, 0));

    long apart = new ConfiguredClassifier(shape(true, false, layers)).initial(1).count();
    long shared = new ConfiguredClassifier(shape(true, true, layers)).initial(1).count();

    assertThat(shared).isLessThan(apart - 8_000);
  }

  private static List<int[]> rows(int count) {
    Random random = new Random(4);
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = i == 0 ? 1 : i == 1 ? LONGEST : 1 + random.nextInt(LONGEST);
      rows.add(random.ints(length, 0, VOCABULARY).toArray());
    }
    return rows;
  }

  private static float[] torch(
      ConfiguredClassifier classifier, Weights weights, List<int[]> rows, float temperature) {
    try (NDManager manager = Torch.newManager()) {
      Map<String, ai.djl.ndarray.NDArray> arrays = new HashMap<>();
      weights
          .all()
          .forEach(
              (name, weight) ->
                  arrays.put(
                      name,
                      manager.create(
                          weight.values(),
                          new Shape(
                              weight.spec().shape().stream()
                                  .mapToLong(Integer::longValue)
                                  .toArray()))));
      long[] ids = new long[rows.size() * LONGEST];
      float[] keep = new float[ids.length];
      for (int row = 0; row < rows.size(); row++) {
        for (int token = 0; token < rows.get(row).length; token++) {
          ids[row * LONGEST + token] = rows.get(row)[token];
          keep[row * LONGEST + token] = 1;
        }
      }
      Shape shape = new Shape(rows.size(), LONGEST);
      Tokens<ai.djl.ndarray.NDArray> tokens =
          new Tokens<>(manager.create(ids, shape), manager.create(keep, shape));
      return classifier
          .logits(new TorchOps(arrays, manager, false), tokens)
          .div(temperature)
          .softmax(1)
          .toFloatArray();
    }
  }

  private static List<float[]> exported(
      ConfiguredClassifier classifier,
      Weights weights,
      float temperature,
      List<List<int[]>> batches) {
    byte[] graph = classifier.export(weights, temperature).toByteArray();
    List<float[]> results = new ArrayList<>();
    try (TokenGraph session = TokenGraph.open("network", graph, EngineOptions.cpu())) {
      for (List<int[]> batch : batches) {
        results.add(session.run(batch, 0, List.of("probabilities")).get(0));
      }
    }
    return results;
  }
}
