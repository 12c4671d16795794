package io.headwater.trainer.network;

import io.headwater.trainer.attention.Attention;
import io.headwater.trainer.attention.AttentionMask;
import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/** Attention and a feed-forward block, each added to what it reads (Vaswani et al. 2017). */
record EncoderLayer(String name, Attention attention, EncoderShape shape) {

  List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>(attention.weights());
    specs.addAll(WeightSpec.norm(name + ".attentionNorm", shape.width()));
    specs.addAll(new LayerBlocks(name, shape).feedForwardWeights());
    return specs;
  }

  <T> T apply(Ops<T> ops, T x, AttentionMask<T> mask) {
    LayerBlocks blocks = new LayerBlocks(name, shape);
    String norm = name + ".attentionNorm";
    T in = blocks.read(ops, x, norm);
    T seen = blocks.added(ops, x, attention.attend(ops, in, in, mask), norm);
    return blocks.feedForward(ops, seen);
  }
}
