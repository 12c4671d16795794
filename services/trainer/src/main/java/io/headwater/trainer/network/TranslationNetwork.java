package io.headwater.trainer.network;

import io.headwater.trainer.attention.AttentionMask;
import io.headwater.trainer.attention.Remembered;
import io.headwater.trainer.attention.RememberingAttention;
import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An encoder-decoder whose layers may attend in different ways (Vaswani et al. 2017, "Attention Is
 * All You Need"). Shapes: B rows, S source and T target tokens, d the width. Immutable; the weights
 * live elsewhere.
 */
public final class TranslationNetwork {
  private static final String LAST_NORM = "decoder.norm";
  private static final String OUTPUT = "output";

  private final TranslationShape shape;
  private final TokenEmbedding embedding;
  private final EncoderStack encoder;
  private final List<DecoderLayer> decoder = new ArrayList<>();

  /** A network of a shape. */
  public TranslationNetwork(TranslationShape shape) {
    this.shape = shape;
    EncoderShape sizes = shape.encoder();
    this.embedding = new TokenEmbedding(sizes, sizes.maxTokens());
    this.encoder = new EncoderStack("encoder.", sizes);
    for (int i = 0; i < shape.decoder().size(); i++) {
      String name = "decoder.layers." + (sizes.shareLayers() ? "shared" : i);
      DecoderForm form = shape.decoder().get(i);
      decoder.add(
          new DecoderLayer(
              name,
              form.attention().buildForDecoder(name + ".attention", sizes.width()),
              form.cross().buildForDecoder(name + ".cross", sizes.width()),
              sizes));
    }
  }

  /** What it is made of. */
  public TranslationShape shape() {
    return shape;
  }

  /** The weights that a training begins with; the same seed gives the same. */
  public Weights initial(long seed) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(embedding.weight());
    specs.addAll(encoder.weights());
    decoder.forEach(layer -> specs.addAll(layer.weights()));
    EncoderShape sizes = shape.encoder();
    if (sizes.normBefore()) {
      specs.addAll(WeightSpec.norm(LAST_NORM, sizes.width()));
    }
    if (!shape.tied()) {
      specs.add(WeightSpec.of(OUTPUT, WeightSpec.Kind.MATRIX, sizes.width(), sizes.vocabulary()));
    }
    return Weights.fresh(specs, seed);
  }

  /** The attention of each decoder layer to what was written. */
  public List<RememberingAttention> ownAttention() {
    return decoder.stream().map(DecoderLayer::attention).toList();
  }

  /** The attention of each decoder layer to the source; watched shares end with its name. */
  public List<RememberingAttention> crossAttention() {
    return decoder.stream().map(DecoderLayer::cross).toList();
  }

  /** What the decoder reads of sources, {@code [B, S, d]}. */
  public <T> T encode(Ops<T> ops, Tokens<T> source) {
    T x = embedding.placed(ops, embedding.of(ops, source.ids()));
    return encoder.apply(ops, x, source.keep());
  }

  /**
   * Reads targets from the first token on.
   *
   * @param ids what was written, the start first, {@code [B, T]}
   * @param states the encoder's output
   * @param keep 1 for the source's tokens, 0 for its padding, {@code [B, S]}
   */
  public <T> Written<T> decode(Ops<T> ops, T ids, T states, T keep) {
    T x = embedding.placed(ops, embedding.of(ops, ids));
    List<Remembered<T>> source = new ArrayList<>();
    for (DecoderLayer layer : decoder) {
      source.add(layer.cross().remember(ops, states));
    }
    return layers(ops, x, List.of(), source, new Biases<>(ops.causalBias(x, x), bias(ops, keep)));
  }

  /**
   * Reads one more token of each row.
   *
   * @param ids {@code [B, 1]}
   * @param memory of the steps before
   * @param keep as above
   */
  public <T> Written<T> step(Ops<T> ops, T ids, DecoderMemory<T> memory, T keep) {
    T x = embedding.placedAfter(ops, embedding.of(ops, ids), memory.own().get(0).keys());
    // All that is kept was written before: nothing of it is hidden.
    Biases<T> biases = new Biases<>(ops.number(0), bias(ops, keep));
    return layers(ops, x, memory.own(), memory.source(), biases);
  }

  private record Biases<T>(T own, T source) {}

  private static <T> T bias(Ops<T> ops, T keep) {
    return AttentionMask.keyBias(ops, keep);
  }

  /** The layers; without a past, {@code past} is empty. */
  private <T> Written<T> layers(
      Ops<T> ops, T x, List<Remembered<T>> past, List<Remembered<T>> source, Biases<T> biases) {
    List<Remembered<T>> own = new ArrayList<>();
    T seen = x;
    for (int i = 0; i < decoder.size(); i++) {
      Optional<Remembered<T>> before = past.isEmpty() ? Optional.empty() : Optional.of(past.get(i));
      DecoderLayer.Seen<T> out =
          decoder
              .get(i)
              .apply(
                  ops,
                  seen,
                  new DecoderLayer.View<>(before, biases.own(), source.get(i), biases.source()));
      seen = out.x();
      own.add(out.own());
    }
    if (shape.encoder().normBefore()) {
      seen = ops.norm(seen, LAST_NORM);
    }
    T scores = shape.tied() ? ops.transpose(embedding.table(ops), 1, 0) : ops.weight(OUTPUT);
    return new Written<>(ops.matmul(seen, scores), new DecoderMemory<>(own, source));
  }
}
