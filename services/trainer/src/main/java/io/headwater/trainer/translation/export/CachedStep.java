package io.headwater.trainer.translation.export;

import io.headwater.trainer.graph.Operator;
import io.headwater.trainer.translation.export.DecoderTensors.Side;

/**
 * The decoder with a cache: reads one more target token per row. With one token, heads lie in
 * memory as they are needed, so nothing is transposed; and all that is cached may be seen, so the
 * target has no mask.
 */
final class CachedStep {

  private final Blocks blocks;
  private final String sourceBias;
  private final String headShape;

  private CachedStep(Blocks blocks, String sourceBias) {
    this.blocks = blocks;
    this.sourceBias = sourceBias;
    this.headShape =
        blocks
            .constants()
            .longs("shape.step", -1, blocks.shape().heads(), 1, blocks.shape().headWidth());
  }

  /**
   * Writes the step.
   *
   * @param embeddings of the target tokens, {@code [batch, 1, width]}, without positions
   * @param sourceBias what to add to the scores of source tokens
   */
  static void write(Blocks blocks, String embeddings, String sourceBias) {
    CachedStep step = new CachedStep(blocks, sourceBias);
    String x = step.positioned(embeddings);
    for (int i = 0; i < blocks.shape().decoderLayers(); i++) {
      x = step.selfAttention(i, x);
      x = step.crossAttention(i, x);
      x = blocks.feedForward("decoder." + i, x);
    }
    String rows = blocks.constants().longs("shape.step.logits", -1, 1, blocks.shape().vocabulary());
    blocks.node(DecoderTensors.LOGITS, Operator.of("Reshape", blocks.vocabularyScores(x), rows));
  }

  private String positioned(String embeddings) {
    String past = DecoderTensors.past(0, Side.DECODER, "key");
    String length =
        blocks.node("length", Operator.of("Shape", past).with("start", 2).with("end", 3));
    String position =
        blocks.node("position", Operator.of("Gather", blocks.constants().positions(), length));
    String flat = blocks.flat("embedded.flat", embeddings);
    return blocks.sum("placed", flat, position);
  }

  private String selfAttention(int layer, String x) {
    String name = "decoder." + layer + ".self";
    String all = blocks.linear(name + ".qkv", blocks.norm(name + ".norm", x));
    String[] parts = blocks.split(name, all, "q", "k", "v");
    String queries = heads(name + ".queries", parts[0]);
    String keys = grown(layer, "key", heads(name + ".keys.new", parts[1]));
    String values = grown(layer, "value", heads(name + ".values.new", parts[2]));
    String scores = blocks.scores(name, queries, keys);
    return finished(name, blocks.attention(name + ".attention", scores), values, x);
  }

  private String crossAttention(int layer, String x) {
    String name = "decoder." + layer + ".cross";
    String queries =
        heads(name + ".queries", blocks.linear(name + ".q", blocks.norm(name + ".norm", x)));
    String scores = blocks.scores(name, queries, DecoderTensors.past(layer, Side.ENCODER, "key"));
    String seen = blocks.sum(name + ".seen", scores, sourceBias);
    String attention = blocks.attention(DecoderTensors.crossAttention(layer), seen);
    return finished(name, attention, DecoderTensors.past(layer, Side.ENCODER, "value"), x);
  }

  private String heads(String name, String x) {
    return blocks.node(name, Operator.of("Reshape", x, headShape));
  }

  private String grown(int layer, String what, String added) {
    String past = DecoderTensors.past(layer, Side.DECODER, what);
    return blocks.node(
        DecoderTensors.present(layer, Side.DECODER, what),
        Operator.of("Concat", past, added).with("axis", 2));
  }

  private String finished(String name, String attention, String values, String x) {
    String context = blocks.node(name + ".context", Operator.of("MatMul", attention, values));
    return blocks.projected(name, blocks.flat(name + ".joined", context), x);
  }
}
