package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import io.headwater.trainer.translation.TransformerShape;
import java.util.Arrays;

/**
 * The forward pass of an encoder-decoder transformer (Vaswani et al. 2017, "Attention Is All You
 * Need"), with layer normalisation before each block (Xiong et al. 2020, "On Layer Normalization in
 * the Transformer Architecture") and one embedding for source, target and output (Press and Wolf
 * 2017, "Using the Output Embedding to Improve Language Models").
 *
 * <p>Shapes: B rows, S source and T target tokens, d the width, h the heads. Belongs to one thread.
 * Every array that a call makes belongs to the manager of its inputs.
 */
final class Transformer {
  private static final float EPSILON = 1e-5f;

  private final Parameters parameters;
  private final TransformerShape shape;
  private final float dropout;
  private final float[] positions;

  /**
   * A network over weights.
   *
   * @param dropout share of numbers silenced after the embedding, in the attention weights and
   *     after each feed-forward block; 0 for inference
   */
  Transformer(Parameters parameters, float dropout) {
    this.parameters = parameters;
    this.shape = parameters.shape();
    this.dropout = dropout;
    this.positions = positions(shape);
  }

  /** The encoder's output, {@code [B, S, d]}. */
  NDArray encode(NDArray ids, NDArray bias) {
    NDArray x = embed(ids);
    for (int layer = 0; layer < shape.encoderLayers(); layer++) {
      String name = "encoder." + layer;
      x = x.add(selfAttention(name + ".self", x, bias));
      x = x.add(feedForward(name + ".ffn", x));
    }
    return norm("encoder.norm", x);
  }

  /**
   * The decoder's output before the projection to the vocabulary, {@code [B, T, d]}.
   *
   * @param ids what has been written so far, {@code [B, T]}
   * @param memory the encoder's output
   * @param memoryBias hides its padding
   */
  NDArray decode(NDArray ids, NDArray memory, NDArray memoryBias) {
    NDArray causal = causal(ids.getShape().get(1), ids.getManager());
    NDArray x = embed(ids);
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      String name = "decoder." + layer;
      x = x.add(selfAttention(name + ".self", x, causal));
      x = x.add(crossAttention(name + ".cross", x, memory, memoryBias));
      x = x.add(feedForward(name + ".ffn", x));
    }
    return norm("decoder.norm", x);
  }

  /** Scores of every token of the vocabulary, {@code [..., V]}. */
  NDArray logits(NDArray decoded) {
    return Linear.linear(decoded, parameters.get("embedding")).singletonOrThrow();
  }

  private NDArray embed(NDArray ids) {
    long length = ids.getShape().get(1);
    NDArray places =
        ids.getManager()
            .create(
                Arrays.copyOf(positions, Math.toIntExact(length * shape.width())),
                new Shape(1, length, shape.width()));
    NDArray embedded =
        Embedding.embedding(ids, parameters.get("embedding"), SparseFormat.DENSE)
            .singletonOrThrow()
            .mul(Math.sqrt(shape.width()));
    return dropped(embedded.add(places));
  }

  private NDArray selfAttention(String name, NDArray x, NDArray bias) {
    NDArray parts =
        linear(name + ".qkv", norm(name + ".norm", x))
            .reshape(x.getShape().get(0), x.getShape().get(1), 3, shape.heads(), shape.headWidth())
            .transpose(2, 0, 3, 1, 4);
    return linear(name + ".out", attend(parts.get(0), parts.get(1), parts.get(2), bias));
  }

  private NDArray crossAttention(String name, NDArray x, NDArray memory, NDArray bias) {
    long rows = x.getShape().get(0);
    NDArray queries =
        linear(name + ".q", norm(name + ".norm", x))
            .reshape(rows, x.getShape().get(1), shape.heads(), shape.headWidth())
            .transpose(0, 2, 1, 3);
    NDArray parts =
        linear(name + ".kv", memory)
            .reshape(rows, memory.getShape().get(1), 2, shape.heads(), shape.headWidth())
            .transpose(2, 0, 3, 1, 4);
    return linear(name + ".out", attend(queries, parts.get(0), parts.get(1), bias));
  }

  /** Scaled dot-product attention over {@code [B, h, length, d/h]}; gives {@code [B, T, d]}. */
  private NDArray attend(NDArray queries, NDArray keys, NDArray values, NDArray bias) {
    NDArray weights =
        queries
            .mul(1 / Math.sqrt(shape.headWidth()))
            .matMul(keys.transpose(0, 1, 3, 2))
            .add(bias)
            .softmax(-1);
    NDArray mixed = dropped(weights).matMul(values).transpose(0, 2, 1, 3);
    return mixed.reshape(mixed.getShape().get(0), mixed.getShape().get(1), shape.width());
  }

  private NDArray feedForward(String name, NDArray x) {
    NDArray inner = Activation.relu(linear(name + ".in", norm(name + ".norm", x)));
    return dropped(linear(name + ".out", inner));
  }

  private NDArray linear(String name, NDArray x) {
    return Linear.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"))
        .singletonOrThrow();
  }

  private NDArray norm(String name, NDArray x) {
    return LayerNorm.layerNorm(
            x,
            new Shape(shape.width()),
            parameters.get(name + ".gain"),
            parameters.get(name + ".bias"),
            EPSILON)
        .singletonOrThrow();
  }

  private NDArray dropped(NDArray x) {
    return dropout > 0 ? Dropout.dropout(x, dropout, true).singletonOrThrow() : x;
  }

  /** Hides what comes later: {@code [1, 1, T, T]}. */
  private static NDArray causal(long length, NDManager manager) {
    int size = Math.toIntExact(length);
    float[] bias = new float[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = row + 1; column < size; column++) {
        bias[row * size + column] = -1e9f;
      }
    }
    return manager.create(bias, new Shape(1, 1, size, size));
  }

  /** Sines, then cosines, of ever slower waves: {@code [maxPositions, d]}. */
  private static float[] positions(TransformerShape shape) {
    int half = shape.width() / 2;
    float[] table = new float[shape.maxPositions() * shape.width()];
    for (int position = 0; position < shape.maxPositions(); position++) {
      for (int j = 0; j < half; j++) {
        double angle = position / Math.pow(10_000, (double) j / half);
        table[position * shape.width() + j] = (float) Math.sin(angle);
        table[position * shape.width() + half + j] = (float) Math.cos(angle);
      }
    }
    return table;
  }
}
