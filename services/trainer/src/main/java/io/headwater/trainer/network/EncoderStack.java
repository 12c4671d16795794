package io.headwater.trainer.network;

import io.headwater.trainer.attention.AttentionMask;
import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/** The layers of an encoder, one over the other. */
final class EncoderStack {
  private final EncoderShape shape;
  private final String lastNorm;
  private final List<EncoderLayer> layers = new ArrayList<>();

  /**
   * A stack.
   *
   * @param scope put before the names of its weights
   */
  EncoderStack(String scope, EncoderShape shape) {
    this.shape = shape;
    this.lastNorm = scope + "norm";
    for (int i = 0; i < shape.layers().size(); i++) {
      String name = scope + "layers." + (shape.shareLayers() ? "shared" : i);
      layers.add(
          new EncoderLayer(
              name, shape.layers().get(i).build(name + ".attention", shape.width()), shape));
    }
  }

  /** The weights; those of shared layers stand once for each layer. */
  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    layers.forEach(layer -> specs.addAll(layer.weights()));
    if (shape.normBefore()) {
      specs.addAll(WeightSpec.norm(lastNorm, shape.width()));
    }
    return specs;
  }

  /**
   * One pass.
   *
   * @param x embedded tokens with their positions, {@code [B, S, d]}
   * @param keep {@code [B, S]}
   */
  <T> T apply(Ops<T> ops, T x, T keep) {
    AttentionMask<T> mask = new AttentionMask<>(keep, false);
    T seen = x;
    for (EncoderLayer layer : layers) {
      seen = layer.apply(ops, seen, mask);
    }
    return shape.normBefore() ? ops.norm(seen, lastNorm) : seen;
  }
}
