package io.headwater.trainer.network;

import io.headwater.trainer.attention.AdditiveAttention;
import io.headwater.trainer.attention.Attention;
import io.headwater.trainer.attention.DotProductAttention;
import io.headwater.trainer.attention.GeneralAttention;
import io.headwater.trainer.attention.HierarchicalAttention;
import io.headwater.trainer.attention.LocalAttention;
import io.headwater.trainer.attention.RememberingAttention;
import java.util.Locale;
import java.util.Objects;

/**
 * The attention of one layer.
 *
 * @param kind its form
 * @param heads of the queries
 * @param keyHeads of keys and values
 * @param dropout share of attention weights silenced while training
 * @param span how far a token of local attention sees to either side, or how many tokens make a
 *     segment of hierarchical attention; not read by the others
 * @param globalTokens of local attention: tokens that see all and are seen by all
 */
public record LayerForm(
    Kind kind, int heads, int keyHeads, float dropout, int span, int globalTokens) {

  /** The forms of attention. */
  public enum Kind {
    /** Vaswani et al. 2017. */
    DOT_PRODUCT,
    /** Bahdanau et al. 2015. */
    ADDITIVE,
    /** Luong et al. 2015. */
    GENERAL,
    /** A window, as Beltagy et al. 2020. */
    LOCAL,
    /** Within segments, then among them, as Yang et al. 2016. */
    HIERARCHICAL
  }

  /** Needs a kind. */
  public LayerForm {
    Objects.requireNonNull(kind, "kind");
  }

  /** Dot-product attention with as many heads for keys as for queries. */
  public static LayerForm dotProduct(int heads, float dropout) {
    return new LayerForm(Kind.DOT_PRODUCT, heads, heads, dropout, 0, 0);
  }

  /**
   * The attention itself.
   *
   * @param name its weights begin with it
   * @throws IllegalArgumentException if the numbers do not fit each other
   */
  public Attention build(String name, int width) {
    return switch (kind) {
      case DOT_PRODUCT -> new DotProductAttention(name, width, heads, keyHeads, dropout);
      case ADDITIVE -> new AdditiveAttention(name, width, heads, keyHeads, dropout);
      case GENERAL -> new GeneralAttention(name, width, heads, dropout);
      case LOCAL -> new LocalAttention(name, width, heads, keyHeads, span, globalTokens, dropout);
      case HIERARCHICAL -> new HierarchicalAttention(name, width, heads, keyHeads, span, dropout);
    };
  }

  /**
   * The attention itself, for a layer that writes.
   *
   * @throws IllegalArgumentException as {@link #build}, or if the form is for encoders only
   */
  public RememberingAttention buildForDecoder(String name, int width) {
    if (build(name, width) instanceof RememberingAttention attention) {
      return attention;
    }
    throw new IllegalArgumentException(
        "%s attention sees what comes later: it is for encoders, not for a decoder"
            .formatted(kind.toString().toLowerCase(Locale.ROOT)));
  }
}
