package io.headwater.trainer.translator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.network.Activation;
import io.headwater.trainer.network.DecoderForm;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.network.LayerForm.Kind;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.network.TranslationShape;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Small encoder-decoders of every form that a decoder can have. */
final class TinyNetworks {
  static final int VOCABULARY = 24;
  static final int POSITIONS = 20;

  private static final LayerForm DOT = new LayerForm(Kind.DOT_PRODUCT, 2, 2, 0.1f, 0, 0);
  private static final LayerForm SHARED = new LayerForm(Kind.DOT_PRODUCT, 4, 2, 0.1f, 0, 0);
  private static final LayerForm ONE_KEY = new LayerForm(Kind.ADDITIVE, 4, 1, 0.1f, 0, 0);
  private static final LayerForm ADDITIVE = new LayerForm(Kind.ADDITIVE, 2, 2, 0.1f, 0, 0);
  private static final LayerForm GENERAL = new LayerForm(Kind.GENERAL, 2, 2, 0.1f, 0, 0);

  private TinyNetworks() {}

  /** By the name of what is special about them. */
  static Stream<Map.Entry<String, TranslationShape>> all() {
    Map<String, TranslationShape> shapes = new LinkedHashMap<>();
    shapes.put("dot-product", shape(true, DecoderForm.of(DOT), DecoderForm.of(DOT)));
    shapes.put("additive", shape(true, DecoderForm.of(ADDITIVE), DecoderForm.of(ADDITIVE)));
    shapes.put("general", shape(true, DecoderForm.of(GENERAL), DecoderForm.of(GENERAL)));
    shapes.put("shared key heads", shape(true, DecoderForm.of(SHARED), DecoderForm.of(SHARED)));
    shapes.put(
        "each layer otherwise, not tied",
        shape(
            false,
            new DecoderForm(SHARED, ADDITIVE),
            new DecoderForm(ONE_KEY, DOT),
            new DecoderForm(GENERAL, SHARED)));
    return shapes.entrySet().stream();
  }

  static TranslationNetwork mixed() {
    return new TranslationNetwork(
        shape(true, new DecoderForm(SHARED, ADDITIVE), new DecoderForm(GENERAL, DOT)));
  }

  /** The norm stands before blocks and the output is the embedding, or neither. */
  private static TranslationShape shape(boolean usual, DecoderForm... decoder) {
    List<LayerForm> encoder =
        List.of(
            new LayerForm(Kind.LOCAL, 2, 2, 0.1f, 4, 0),
            new LayerForm(Kind.HIERARCHICAL, 2, 2, 0.1f, 4, 0));
    return new TranslationShape(
        new EncoderShape(
            VOCABULARY,
            16,
            POSITIONS,
            24,
            usual ? Activation.RELU : Activation.GELU,
            usual,
            0.1f,
            0.1f,
            false,
            encoder),
        List.of(decoder),
        usual);
  }

  /** Weights that are further from zero than fresh ones, so that what is written varies. */
  static Weights weights(TranslationNetwork network) {
    Random random = new Random(11);
    Map<String, Weights.Weight> bold = new LinkedHashMap<>();
    network
        .initial(5)
        .all()
        .forEach(
            (name, weight) -> {
              float[] values = weight.values().clone();
              double size = weight.spec().kind() == WeightSpec.Kind.MATRIX ? 0.8 : 0.1;
              for (int i = 0; i < values.length; i++) {
                values[i] += (float) (size * random.nextGaussian());
              }
              bold.put(name, new Weights.Weight(weight.spec(), values));
            });
    return new Weights(bold);
  }

  static Map<String, NDArray> arrays(Weights weights, NDManager manager) {
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

  /** Rows of ids without the special ones, of lengths from one to twelve. */
  static List<int[]> rows(int count, long seed) {
    Random random = new Random(seed);
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(random.ints(1 + i % 12, 4, VOCABULARY).toArray());
    }
    return rows;
  }
}
