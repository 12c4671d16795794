package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.graph.Operator;
import io.headwater.trainer.translation.TransformerShape;

/**
 * The parts of a transformer, written into one graph. Between the parts, the tokens of all rows lie
 * in one matrix {@code [tokens, width]}: a linear layer is one operator then, bias included.
 */
final class Blocks {

  /** Added to the score of what must not be seen; its exponential is zero. */
  private static final float HIDDEN = -1e9f;

  private static final float EPSILON = 1e-5f;

  private final GraphWriter graph;
  private final GraphConstants constants;
  private final String scope;

  /**
   * Parts for a graph.
   *
   * @param constants where weights go; of this graph or of one that encloses it
   * @param scope put before the name of each tensor; names must differ across enclosed graphs
   */
  Blocks(GraphWriter graph, GraphConstants constants, String scope) {
    this.graph = graph;
    this.constants = constants;
    this.scope = scope;
  }

  TransformerShape shape() {
    return constants.shape();
  }

  GraphConstants constants() {
    return constants;
  }

  /** Adds an operator with one output. Returns the output's name, the scope included. */
  String node(String name, Operator operator) {
    return graph.node(scope + name, operator);
  }

  /** Scaled embeddings, without positions: from ids of any shape to {@code [.., width]}. */
  String embeddings(String ids) {
    String rows = node("embedded", Operator.of("Gather", constants.weight("embedding"), ids));
    String root = constants.number("embedding.scale", (float) Math.sqrt(shape().width()));
    return node("embedded.scaled", Operator.of("Mul", rows, root));
  }

  /** Embeddings with the positions from 0 on: from {@code [batch, length, width]} to a matrix. */
  String positioned(String embeddings, String ids) {
    String length = node("length", Operator.of("Shape", ids).with("start", 1).with("end", 2));
    String zero = constants.longs("zero", 0);
    String positions =
        node("positions.seen", Operator.of("Slice", constants.positions(), zero, length, zero));
    String sum = node("placed", Operator.of("Add", embeddings, positions));
    return flat("placed.flat", sum);
  }

  /** All rows in one matrix, {@code [tokens, width]}. */
  String flat(String name, String x) {
    String matrix = constants.longs("matrix", -1, shape().width());
    return node(name, Operator.of("Reshape", x, matrix));
  }

  /** What to add to the scores of source tokens: {@code [batch, 1, 1, length]}. */
  String maskBias(String mask) {
    String seen =
        node("mask.seen", Operator.of("Cast", mask).with("to", TensorProto.DataType.BOOL_VALUE));
    String zero = constants.number("bias.seen", 0);
    String bias =
        node(
            "mask.flat", Operator.of("Where", seen, zero, constants.number("bias.hidden", HIDDEN)));
    String axes = constants.longs("mask.axes", 1, 2);
    return node("mask.bias", Operator.of("Unsqueeze", bias, axes));
  }

  /** What to add to the scores of target tokens so that none sees what follows it. */
  String causalBias() {
    String length = scope + "length";
    String square = node("causal.shape", Operator.of("Concat", length, length).with("axis", 0));
    String hidden =
        node(
            "causal.hidden",
            Operator.of("Expand", constants.number("bias.hidden", HIDDEN), square));
    String above = constants.wholeNumber("causal.diagonal", 1);
    return node("causal.bias", Operator.of("Trilu", hidden, above).with("upper", 1));
  }

  /** The shape {@code [batch, length, heads, head width]} of what has two leading dimensions. */
  String headShape(String name, String x) {
    return shapeOf(name, x, constants.longs("heads", shape().heads(), shape().headWidth()));
  }

  /** The shape of the first two dimensions, and a last one. */
  String shapeOf(String name, String x, String last) {
    String two = node(name + ".rows", Operator.of("Shape", x).with("start", 0).with("end", 2));
    return node(name, Operator.of("Concat", two, last).with("axis", 0));
  }

  String norm(String name, String x) {
    return node(
        name,
        Operator.of(
                "LayerNormalization",
                x,
                constants.weight(name + ".gain"),
                constants.weight(name + ".bias"))
            .with("axis", -1)
            .with("epsilon", EPSILON));
  }

  /** {@code xW + b}. */
  String linear(String name, String x) {
    return node(
        name,
        Operator.of(
            "Gemm", x, constants.weight(name + ".weight"), constants.weight(name + ".bias")));
  }

  /** Cuts a matrix into matrices of the model's width. */
  String[] split(String name, String x, String... parts) {
    String[] names = new String[parts.length];
    for (int i = 0; i < parts.length; i++) {
      names[i] = scope + name + "." + parts[i];
    }
    graph.add(Operator.of("Split", x).with("axis", 1).to(names));
    return names;
  }

  /** From a matrix to {@code [batch, heads, length, head width]}. */
  String heads(String name, String x, String headShape) {
    String apart = node(name + ".apart", Operator.of("Reshape", x, headShape));
    return node(name, Operator.of("Transpose", apart).with("perm", new long[] {0, 2, 1, 3}));
  }

  /** From {@code [batch, heads, length, head width]} to a matrix. */
  String joined(String name, String heads) {
    String rows =
        node(name + ".rows", Operator.of("Transpose", heads).with("perm", new long[] {0, 2, 1, 3}));
    return flat(name + ".joined", rows);
  }

  /** Scores of queries and keys: {@code [batch, heads, queries, keys]}. */
  String scores(String name, String queries, String keys) {
    String turned =
        node(name + ".keys", Operator.of("Transpose", keys).with("perm", new long[] {0, 1, 3, 2}));
    return node(name + ".scores", Operator.of("MatMul", queries, turned));
  }

  /** How much each query looks at each key; sums to 1. */
  String attention(String name, String scores) {
    return node(name, Operator.of("Softmax", scores).with("axis", -1));
  }

  String sum(String name, String x, String y) {
    return node(name, Operator.of("Add", x, y));
  }

  /** Projects what attention gave and adds it to what came in. */
  String projected(String name, String context, String x) {
    return sum(name + ".sum", x, linear(name + ".out", context));
  }

  /** The feed-forward block of a layer, with what came in added. */
  String feedForward(String layer, String x) {
    String inner = linear(layer + ".ffn.in", norm(layer + ".ffn.norm", x));
    String active = node(layer + ".ffn.active", Operator.of("Relu", inner));
    return sum(layer + ".ffn.sum", x, linear(layer + ".ffn.out", active));
  }

  /** Scores of the vocabulary, {@code [tokens, vocabulary]}. */
  String vocabularyScores(String x) {
    String last = norm("decoder.norm", x);
    return node(
        "logits.flat", Operator.of("Gemm", last, constants.weight("embedding")).with("transB", 1));
  }
}
