package io.headwater.trainer.translation.export;

import io.headwater.trainer.graph.Operator;
import io.headwater.trainer.translation.export.DecoderTensors.Side;

/**
 * The decoder without a cache: reads any number of target tokens from the first one on, and the
 * encoder's output. Its keys and values start the cache.
 */
final class FirstPass {

  private final Blocks blocks;
  private final String sourceBias;
  private final String headShape;
  private final String sourceHeadShape;
  private final String source;
  private final String causalBias;

  private FirstPass(Blocks blocks, String sourceBias) {
    this.blocks = blocks;
    this.sourceBias = sourceBias;
    this.headShape = blocks.headShape("shape.heads", DecoderTensors.IDS);
    this.sourceHeadShape = blocks.headShape("shape.source", DecoderTensors.SOURCE_STATES);
    this.source = blocks.flat("source", DecoderTensors.SOURCE_STATES);
    this.causalBias = blocks.causalBias();
  }

  /**
   * Writes the pass.
   *
   * @param embeddings of the target tokens, {@code [batch, length, width]}, without positions
   * @param sourceBias what to add to the scores of source tokens
   */
  static void write(Blocks blocks, String embeddings, String sourceBias) {
    String x = blocks.positioned(embeddings, DecoderTensors.IDS);
    FirstPass pass = new FirstPass(blocks, sourceBias);
    for (int i = 0; i < blocks.shape().decoderLayers(); i++) {
      x = pass.selfAttention(i, x);
      x = pass.crossAttention(i, x);
      x = blocks.feedForward("decoder." + i, x);
    }
    String vocabulary = blocks.constants().longs("vocabulary", blocks.shape().vocabulary());
    String rows = blocks.shapeOf("shape.logits", DecoderTensors.IDS, vocabulary);
    blocks.node(DecoderTensors.LOGITS, Operator.of("Reshape", blocks.vocabularyScores(x), rows));
  }

  private String selfAttention(int layer, String x) {
    String name = "decoder." + layer + ".self";
    String all = blocks.linear(name + ".qkv", blocks.norm(name + ".norm", x));
    String[] parts = blocks.split(name, all, "q", "k", "v");
    String queries = blocks.heads(name + ".queries", parts[0], headShape);
    String keys =
        blocks.heads(DecoderTensors.present(layer, Side.DECODER, "key"), parts[1], headShape);
    String values =
        blocks.heads(DecoderTensors.present(layer, Side.DECODER, "value"), parts[2], headShape);
    String seen = blocks.sum(name + ".seen", blocks.scores(name, queries, keys), causalBias);
    String attention = blocks.attention(name + ".attention", seen);
    return finished(name, attention, values, x);
  }

  private String crossAttention(int layer, String x) {
    String name = "decoder." + layer + ".cross";
    String asked = blocks.linear(name + ".q", blocks.norm(name + ".norm", x));
    String queries = blocks.heads(name + ".queries", asked, headShape);
    String[] parts = blocks.split(name, blocks.linear(name + ".kv", source), "k", "v");
    String keys =
        blocks.heads(DecoderTensors.present(layer, Side.ENCODER, "key"), parts[0], sourceHeadShape);
    String values =
        blocks.heads(
            DecoderTensors.present(layer, Side.ENCODER, "value"), parts[1], sourceHeadShape);
    String seen = blocks.sum(name + ".seen", blocks.scores(name, queries, keys), sourceBias);
    String attention = blocks.attention(DecoderTensors.crossAttention(layer), seen);
    return finished(name, attention, values, x);
  }

  private String finished(String name, String attention, String values, String x) {
    String context = blocks.node(name + ".context", Operator.of("MatMul", attention, values));
    return blocks.projected(name, blocks.joined(name, context), x);
  }
}
