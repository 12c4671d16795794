package io.headwater.trainer.network;

import io.headwater.trainer.attention.Remembered;
import io.headwater.trainer.attention.RememberingAttention;
import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attention to what was written, attention to the source, and a feed-forward block, each added to
 * what it reads (Vaswani et al. 2017).
 */
record DecoderLayer(
    String name, RememberingAttention attention, RememberingAttention cross, EncoderShape shape) {

  /**
   * What a layer sees.
   *
   * @param past keys and values of earlier steps
   * @param bias hides what comes later
   * @param source keys and values of the source
   * @param sourceBias hides its padding
   */
  record View<T>(Optional<Remembered<T>> past, T bias, Remembered<T> source, T sourceBias) {}

  /**
   * What comes of a pass.
   *
   * @param x {@code [B, T, d]}
   * @param own keys and values of all that was written
   */
  record Seen<T>(T x, Remembered<T> own) {}

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>(attention.weights());
    specs.addAll(WeightSpec.norm(name + ".attentionNorm", shape.width()));
    specs.addAll(cross.weights());
    specs.addAll(WeightSpec.norm(name + ".crossNorm", shape.width()));
    specs.addAll(new LayerBlocks(name, shape).feedForwardWeights());
    return specs;
  }

  <T> Seen<T> apply(Ops<T> ops, T x, View<T> view) {
    LayerBlocks blocks = new LayerBlocks(name, shape);
    String norm = name + ".attentionNorm";
    T in = blocks.read(ops, x, norm);
    Remembered<T> read = attention.remember(ops, in);
    Remembered<T> own = view.past().map(past -> past.and(ops, read)).orElse(read);
    T written = blocks.added(ops, x, attention.attendTo(ops, in, own, view.bias()), norm);
    norm = name + ".crossNorm";
    in = blocks.read(ops, written, norm);
    T found = cross.attendTo(ops, in, view.source(), view.sourceBias());
    return new Seen<>(blocks.feedForward(ops, blocks.added(ops, written, found, norm)), own);
  }
}
