package io.headwater.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.tensor.GraphOps;
import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer encoder whose layers may attend in different ways, the mean of its tokens, and a
 * linear head of three labels. Starts from fresh weights.
 */
public final class ConfiguredClassifier implements TrainableClassifier {
  private static final int LABELS = 3;

  /**
   * Lengths are filled up to a multiple of it, so that products and sums add up in the same order
   * however far a batch is padded.
   */
  private static final int WHOLE_BLOCK = 8;

  private static final String HEAD = "head";

  private final EncoderShape shape;
  private final TokenEmbedding embedding;
  private final EncoderStack encoder;

  /** A classifier of a shape. */
  public ConfiguredClassifier(EncoderShape shape) {
    this.shape = shape;
    int positions = shape.maxTokens() + Math.floorMod(-shape.maxTokens(), WHOLE_BLOCK);
    this.embedding = new TokenEmbedding(shape, positions);
    this.encoder = new EncoderStack("", shape);
  }

  private List<WeightSpec> specs() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(embedding.weight());
    specs.addAll(encoder.weights());
    specs.addAll(WeightSpec.linear(HEAD, shape.width(), LABELS));
    return specs;
  }

  @Override
  public Weights initial(long seed) {
    return Weights.fresh(specs(), seed);
  }

  @Override
  public NDArray logits(TorchOps ops, Tokens<NDArray> batch) {
    return classify(ops, batch);
  }

  private <T> T classify(Ops<T> ops, Tokens<T> batch) {
    T pooled = ops.dropout(pooled(ops, batch), shape.dropout());
    return ops.rowwise(pooled, rows -> ops.linear(rows, HEAD));
  }

  private <T> T pooled(Ops<T> ops, Tokens<T> batch) {
    T x = ops.padToMultiple(embedding.of(ops, batch.ids()), 1, WHOLE_BLOCK, 0);
    T keep = ops.padToMultiple(batch.keep(), 1, WHOLE_BLOCK, 0);
    x = encoder.apply(ops, embedding.placed(ops, x), keep);
    T seen = ops.multiply(x, ops.unsqueeze(keep, 2));
    // The count is a whole number: exact in any order.
    return ops.divide(ops.runningSum(seen), ops.sum(keep, 1));
  }

  @Override
  public ModelProto export(Weights trained, float temperature) {
    GraphWriter graph = GraphWriter.transformer("headwater-sentiment");
    String ids = graph.input("input_ids", TensorProto.DataType.INT64, -1, -1);
    String mask = graph.input("attention_mask", TensorProto.DataType.INT64, -1, -1);
    String keep =
        graph.nodeWith("Cast", "keep", "to", TensorProto.DataType.FLOAT.getNumber(), mask);
    GraphOps ops = new GraphOps(graph, trained);
    String logits = classify(ops, new Tokens<>(ids, keep));
    if (temperature != 1) {
      logits = ops.divide(logits, ops.number(temperature));
    }
    graph.node("Identity", "probabilities", ops.softmax(logits));
    graph.output("probabilities", -1, LABELS);
    return graph.toModel();
  }
}
