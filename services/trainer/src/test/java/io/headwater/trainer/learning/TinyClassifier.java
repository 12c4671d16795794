package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The mean of word vectors and a line through them: the smallest network that learns. */
public record TinyClassifier(float dropout, Set<String> frozen) implements TrainableClassifier {
  static final int WORDS = 20;
  private static final int WIDTH = 8;

  public static TinyClassifier plain() {
    return new TinyClassifier(0, Set.of());
  }

  @Override
  public Weights initial(long seed) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.of("words", WeightSpec.Kind.EMBEDDING, WORDS, WIDTH));
    specs.addAll(WeightSpec.linear("out", WIDTH, 3));
    return Weights.fresh(specs, seed);
  }

  @Override
  public boolean trains(String weight) {
    return !frozen.contains(weight);
  }

  @Override
  public NDArray logits(TorchOps ops, Tokens<NDArray> batch) {
    NDArray words = ops.dropout(ops.rows(ops.weight("words"), batch.ids()), dropout);
    NDArray seen = ops.multiply(words, ops.unsqueeze(batch.keep(), 2));
    NDArray mean = ops.divide(ops.runningSum(seen), ops.sum(batch.keep(), 1));
    return ops.linear(mean, "out");
  }

  @Override
  public ModelProto export(Weights trained, float temperature) {
    throw new UnsupportedOperationException("nobody runs it");
  }
}
