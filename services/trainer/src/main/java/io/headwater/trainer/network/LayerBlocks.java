package io.headwater.trainer.network;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a layer is made of, around its attention: blocks whose result is added to what they read,
 * the feed-forward one among them (Vaswani et al. 2017).
 *
 * @param name weights begin with it
 */
record LayerBlocks(String name, EncoderShape shape) {

  List<WeightSpec> feedForwardWeights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.addAll(WeightSpec.linear(name + ".inner", shape.width(), shape.feedForward()));
    specs.addAll(WeightSpec.linear(name + ".outer", shape.feedForward(), shape.width()));
    specs.addAll(WeightSpec.norm(name + ".feedForwardNorm", shape.width()));
    return specs;
  }

  <T> T feedForward(Ops<T> ops, T x) {
    String norm = name + ".feedForwardNorm";
    T inner = shape.activation().of(ops, ops.linear(read(ops, x, norm), name + ".inner"));
    return added(ops, x, ops.linear(inner, name + ".outer"), norm);
  }

  /** What a block reads. */
  <T> T read(Ops<T> ops, T x, String norm) {
    return shape.normBefore() ? ops.norm(x, norm) : x;
  }

  /** What a block leaves behind. */
  <T> T added(Ops<T> ops, T x, T found, String norm) {
    T sum = ops.add(x, ops.dropout(found, shape.dropout()));
    return shape.normBefore() ? sum : ops.norm(sum, norm);
  }
}
