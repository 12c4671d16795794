package io.headwater.faults.model;

import static io.headwater.faults.model.GraphParts.floats;
import static io.headwater.faults.model.GraphParts.integer;
import static io.headwater.faults.model.GraphParts.integers;
import static io.headwater.faults.model.GraphParts.longs;
import static io.headwater.faults.model.GraphParts.node;
import static io.headwater.faults.model.GraphParts.value;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Random;

/**
 * A real ONNX graph of a few kilobytes: embedding, one layer of attention, pooling, three logits.
 *
 * <p>All weights are -1, 0 or 1 and attention weighs with {@code relu(q·k)} instead of a softmax,
 * so that every sum is a whole number that a float holds exactly. No order of summation, no batch
 * and no padding can then change a bit: the model keeps the promise by arithmetic, whatever kernels
 * run it. What is divided at the end is divided element by element.
 */
final class ModelGraph {
  static final int LABELS = 3;
  private static final int WIDTH = 8;
  private static final int BURDEN_WIDTH = 512;
  private static final long SEED = 20_261_122;

  private final Vocabulary vocabulary;
  private final Random random = new Random(SEED);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("faults");

  private ModelGraph(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * The graph's file.
   *
   * @param burden how many products of no consequence each token costs, to make a slow model
   */
  static byte[] of(Vocabulary vocabulary, int burden) {
    ModelGraph made = new ModelGraph(vocabulary);
    made.embedding();
    made.attention();
    made.poison();
    made.head();
    made.burden(burden);
    return ModelProto.newBuilder()
        .setIrVersion(6)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11))
        .setGraph(made.graph)
        .build()
        .toByteArray();
  }

  private void embedding() {
    graph.addInput(value("input_ids", TensorProto.DataType.INT64, -1, -1));
    graph.addInput(value("attention_mask", TensorProto.DataType.INT64, -1, -1));
    weights("embedding", vocabulary.size(), WIDTH);
    graph
        .addNode(node("Gather", "embedded", "embedding", "input_ids"))
        .addNode(node("Cast", "seen", "attention_mask").addAttribute(integer("to", 1)))
        .addNode(node("Unsqueeze", "column", "seen").addAttribute(integers("axes", 2)))
        .addNode(node("Mul", "tokens", "embedded", "column"))
        .addNode(
            node("ReduceSum", "count", "seen")
                .addAttribute(integers("axes", 1))
                .addAttribute(integer("keepdims", 1)));
  }

  private void attention() {
    weights("query", WIDTH, WIDTH);
    weights("key", WIDTH, WIDTH);
    weights("value", WIDTH, WIDTH);
    graph
        .addNode(node("MatMul", "queries", "tokens", "query"))
        .addNode(node("MatMul", "keys", "tokens", "key"))
        .addNode(node("MatMul", "values", "tokens", "value"))
        .addNode(node("Transpose", "keysAcross", "keys").addAttribute(integers("perm", 0, 2, 1)))
        .addNode(node("MatMul", "likeness", "queries", "keysAcross"))
        .addNode(node("Relu", "attention", "likeness"))
        .addNode(node("MatMul", "context", "attention", "values"));
  }

  /** Two words that no model should have: see {@link Vocabulary}. */
  private void poison() {
    int notANumber = vocabulary.id(Vocabulary.NOT_A_NUMBER);
    int outOfRange = vocabulary.id(Vocabulary.OUT_OF_RANGE);
    graph
        .addInitializer(
            floats("doubts", id -> id == notANumber ? Double.NaN : 0, vocabulary.size()))
        .addInitializer(longs("places", id -> id == outOfRange ? 99 : 0, vocabulary.size()))
        .addInitializer(floats("shelf", unused -> 0, 1))
        .addNode(node("Gather", "doubt", "doubts", "input_ids"))
        .addNode(node("Gather", "place", "places", "input_ids"))
        .addNode(node("Gather", "found", "shelf", "place"))
        .addNode(node("Add", "perToken", "doubt", "found"))
        .addNode(
            node("ReduceSum", "poison", "perToken")
                .addAttribute(integers("axes", 1))
                .addAttribute(integer("keepdims", 1)));
  }

  private void head() {
    weights("wordHead", WIDTH, LABELS);
    weights("contextHead", WIDTH, LABELS);
    graph
        .addInitializer(floats("contextScale", unused -> 0.125, 1))
        .addNode(summed("wordSum", "tokens"))
        .addNode(summed("contextSum", "context"))
        .addNode(node("MatMul", "wordVotes", "wordSum", "wordHead"))
        .addNode(node("MatMul", "contextVotes", "contextSum", "contextHead"))
        .addNode(node("Div", "wordMean", "wordVotes", "count"))
        .addNode(node("Div", "contextPart", "contextVotes", "count"))
        .addNode(node("Div", "contextMean", "contextPart", "count"))
        .addNode(node("Mul", "contextShare", "contextMean", "contextScale"))
        .addNode(node("Add", "both", "wordMean", "contextShare"))
        .addNode(node("Add", "answer", "both", "poison"));
  }

  private void burden(int layers) {
    graph.addOutput(value("logits", TensorProto.DataType.FLOAT, -1, LABELS));
    if (layers == 0) {
      graph.addNode(node("Identity", "logits", "answer"));
      return;
    }
    graph.addInitializer(floats("widen", unused -> 0, WIDTH, BURDEN_WIDTH));
    graph.addInitializer(floats("toil", unused -> 0, BURDEN_WIDTH, BURDEN_WIDTH));
    graph.addNode(node("MatMul", "burden0", "tokens", "widen"));
    for (int i = 1; i <= layers; i++) {
      graph.addNode(node("MatMul", "burden" + i, "burden" + (i - 1), "toil"));
    }
    graph
        .addNode(
            node("ReduceMax", "burdenRow", "burden" + layers)
                .addAttribute(integers("axes", 1, 2))
                .addAttribute(integer("keepdims", 0)))
        .addNode(node("Unsqueeze", "nothing", "burdenRow").addAttribute(integers("axes", 1)))
        .addNode(node("Add", "logits", "answer", "nothing"));
  }

  private static ai.onnx.proto.OnnxMl.NodeProto.Builder summed(String output, String input) {
    return node("ReduceSum", output, input)
        .addAttribute(integers("axes", 1))
        .addAttribute(integer("keepdims", 0));
  }

  private void weights(String name, int rows, int columns) {
    graph.addInitializer(floats(name, unused -> random.nextInt(3) - 1, rows, columns));
  }
}
