package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/**
 * The part of a sentiment model that lies on top of a BERT encoder: pooled hidden states, a hidden
 * layer, and a probability per label.
 *
 * <p>Every operator gives a row the same bits whatever the other rows are and however far the batch
 * is padded. See the comments on the two places where the plain way would not.
 */
public final class HeadGraph {

  /** Name of the output with pooled hidden states, float {@code [batch, features]}. */
  public static final String FEATURES = "features";

  /** Name of the output of a whole model, float {@code [batch, labels]}. */
  public static final String PROBABILITIES = "probabilities";

  /** Width of the encoder's hidden states. */
  public static final int WIDTH = 384;

  private static final int LAST_LAYER = 11;
  private static final int LABELS = 3;

  private final GraphWriter graph = new GraphWriter("headwater-sentiment-head");
  private final List<PooledState> pooled;

  private HeadGraph(List<PooledState> pooled) {
    this.pooled = pooled;
  }

  /** Only the pooling: what a head is trained on. */
  public static ModelProto features(List<PooledState> pooled) {
    HeadGraph head = new HeadGraph(pooled);
    head.addPooling();
    head.graph.output(FEATURES, -1, (long) pooled.size() * WIDTH);
    return head.graph.toModel();
  }

  /** Pooling and a trained head. */
  public static ModelProto probabilities(SentimentHead trained) {
    HeadGraph head = new HeadGraph(trained.pooled());
    head.addPooling();
    head.addLayers(trained);
    head.graph.output(PROBABILITIES, -1, LABELS);
    return head.graph.toModel();
  }

  private void addPooling() {
    String mask = graph.input("attention_mask", TensorProto.DataType.INT64, -1, -1);
    String ones = graph.nodeWith("Cast", "head/mask", "to", 1, mask);
    String column = graph.nodeOver("Unsqueeze", "head/mask_column", 2, ones);
    // Whole numbers: exact in any order.
    String count = graph.nodeOver("ReduceSum", "head/tokens", 1, ones);
    count = graph.nodeOver("Unsqueeze", "head/count", 1, count);
    String axis = graph.longs("head/token_axis", new long[] {1});
    String last = graph.longs("head/last_token", new long[] {-1});
    pooled.stream().map(PooledState::layer).distinct().forEach(this::addHiddenState);
    String[] parts = new String[pooled.size()];
    for (int i = 0; i < parts.length; i++) {
      PooledState state = pooled.get(i);
      String hidden = tensorOf(state.layer());
      String name = "head/" + state;
      parts[i] =
          switch (state.pooling()) {
            case MEAN -> {
              // ReduceSum adds up in another order when the batch has one row, and a product with
              // the mask when the padded length is no multiple of four. A running sum adds one
              // token after the other, and the padding at the end adds nothing.
              String seen = graph.node("Mul", name + "/seen", hidden, column);
              String running = graph.node("CumSum", name + "/running", seen, axis);
              String sum = graph.nodeWith("Gather", name + "/sum", "axis", 1, running, last);
              yield graph.node("Div", name, sum, count);
            }
            case FIRST -> {
              String first = graph.longs(name + "/position", new long[] {0});
              yield graph.nodeWith("Gather", name, "axis", 1, hidden, first);
            }
          };
    }
    graph.nodeWith("Concat", FEATURES, "axis", 1, parts);
  }

  private void addHiddenState(int layer) {
    graph.input(tensorOf(layer), TensorProto.DataType.FLOAT, -1, -1, WIDTH);
  }

  private void addLayers(SentimentHead head) {
    // A matrix product with one row takes another kernel than one with several, and that kernel
    // adds up in another order. So each batch goes through twice over: there are always two rows.
    String twice = graph.nodeWith("Concat", "head/twice", "axis", 0, FEATURES, FEATURES);
    String weights =
        graph.floats("head/hidden/weights", head.hiddenWeights(), head.inputs(), head.hidden());
    String bias = graph.floats("head/hidden/bias", head.hiddenBias(), head.hidden());
    String hidden = graph.node("MatMul", "head/hidden/product", twice, weights);
    hidden = graph.node("Relu", "head/hidden", graph.node("Add", "head/hidden/sum", hidden, bias));
    String outWeights =
        graph.floats("head/logits/weights", head.labelWeights(), head.hidden(), LABELS);
    String outBias = graph.floats("head/logits/bias", head.labelBias(), LABELS);
    String logits = graph.node("MatMul", "head/logits/product", hidden, outWeights);
    logits = graph.node("Add", "head/logits", logits, outBias);
    String all = graph.nodeWith("Softmax", "head/probabilities", "axis", 1, logits);
    addFirstHalf(all);
  }

  private void addFirstHalf(String all) {
    String ids = graph.input("input_ids", TensorProto.DataType.INT64, -1, -1);
    String zero = graph.longs("head/zero", new long[] {0}, 1);
    String shape = graph.node("Shape", "head/shape", ids);
    String batch = graph.nodeWith("Gather", "head/batch", "axis", 0, shape, zero);
    graph.node("Slice", PROBABILITIES, all, zero, batch, zero);
  }

  private static String tensorOf(int layer) {
    return layer == LAST_LAYER
        ? "last_hidden_state"
        : "/encoder/layer." + layer + "/output/LayerNorm/Add_1_output_0";
  }
}
