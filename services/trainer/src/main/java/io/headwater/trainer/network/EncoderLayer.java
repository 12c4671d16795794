package io.headwater.trainer.network;

import io.headwater.trainer.attention.Attention;
import io.headwater.trainer.attention.AttentionMask;
import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Attention and a feed-forward block, each added to what it reads (Vaswani et al. 2017). */
record EncoderLayer(String name, Attention attention, EncoderShape shape) {

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>(attention.weights());
    specs.addAll(WeightSpec.norm(name + ".attentionNorm", shape.width()));
    specs.addAll(WeightSpec.linear(name + ".inner", shape.width(), shape.feedForward()));
    specs.addAll(WeightSpec.linear(name + ".outer", shape.feedForward(), shape.width()));
    specs.addAll(WeightSpec.norm(name + ".feedForwardNorm", shape.width()));
    return specs;
  }

  <T> T apply(Ops<T> ops, T x, AttentionMask<T> mask) {
    T seen = block(ops, x, name + ".attentionNorm", in -> attention.attend(ops, in, in, mask));
    return block(ops, seen, name + ".feedForwardNorm", in -> feedForward(ops, in));
  }

  private <T> T feedForward(Ops<T> ops, T x) {
    T inner = shape.activation().of(ops, ops.linear(x, name + ".inner"));
    return ops.linear(inner, name + ".outer");
  }

  private <T> T block(Ops<T> ops, T x, String norm, UnaryOperator<T> body) {
    T in = shape.normBefore() ? ops.norm(x, norm) : x;
    T sum = ops.add(x, ops.dropout(body.apply(in), shape.dropout()));
    return shape.normBefore() ? sum : ops.norm(sum, norm);
  }
}
