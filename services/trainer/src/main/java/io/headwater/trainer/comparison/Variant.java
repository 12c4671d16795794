package io.headwater.trainer.comparison;

import io.headwater.trainer.network.ConfiguredClassifier;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.network.LayerForm.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A form of attention under comparison, the same in every layer.
 *
 * @param name what the table calls it
 * @param form of every layer
 * @param longest longest text in tokens that its memory allows to be measured
 */
public record Variant(String name, LayerForm form, int longest) {
  private static final int ANY = Integer.MAX_VALUE;

  /** Needs a name and a form. */
  public Variant {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
  }

  /** All forms with so many heads; windows and segments are of 32 tokens. */
  public static List<Variant> all(int heads, float dropout) {
    return List.of(
        new Variant(
            "dot-product", new LayerForm(Kind.DOT_PRODUCT, heads, heads, dropout, 0, 0), ANY),
        new Variant(
            "grouped-query",
            new LayerForm(Kind.DOT_PRODUCT, heads, Math.max(1, heads / 2), dropout, 0, 0),
            ANY),
        new Variant("multi-query", new LayerForm(Kind.DOT_PRODUCT, heads, 1, dropout, 0, 0), ANY),
        new Variant("general", new LayerForm(Kind.GENERAL, heads, heads, dropout, 0, 0), ANY),
        // Each pair of tokens keeps the whole width: gigabytes at 2,048 tokens.
        new Variant("additive", new LayerForm(Kind.ADDITIVE, heads, heads, dropout, 0, 0), 512),
        new Variant("local", new LayerForm(Kind.LOCAL, heads, heads, dropout, 32, 1), ANY),
        new Variant(
            "hierarchical", new LayerForm(Kind.HIERARCHICAL, heads, heads, dropout, 32, 0), ANY));
  }

  /** The network of a shape with this attention, its feed-forward blocks as wide as given. */
  public EncoderShape in(EncoderShape shape, int feedForward) {
    return new EncoderShape(
        shape.vocabulary(),
        shape.width(),
        shape.maxTokens(),
        feedForward,
        shape.activation(),
        shape.normBefore(),
        shape.embeddingDropout(),
        shape.dropout(),
        shape.shareLayers(),
        Collections.nCopies(shape.layers().size(), form));
  }

  /**
   * The network with about as many weights as another has: what attention saves or takes more, its
   * feed-forward blocks get or give.
   */
  public EncoderShape asLargeAs(EncoderShape shape, long weights) {
    long one = count(in(shape, 1));
    long two = count(in(shape, 2));
    long width = Math.max(1, Math.round(1 + (double) (weights - one) / (two - one)));
    return in(shape, Math.toIntExact(width));
  }

  /** How many weights a network has. */
  public static long count(EncoderShape shape) {
    return new ConfiguredClassifier(shape).initial(1).count();
  }
}
