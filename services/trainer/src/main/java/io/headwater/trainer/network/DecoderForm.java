package io.headwater.trainer.network;

import java.util.Objects;

/**
 * The two attentions of a decoder's layer.
 *
 * @param attention of what is written to itself, backwards only
 * @param cross of what is written to the source
 */
public record DecoderForm(LayerForm attention, LayerForm cross) {
  /** Needs both. */
  public DecoderForm {
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(cross, "cross");
  }

  /** Both of one form. */
  public static DecoderForm of(LayerForm both) {
    return new DecoderForm(both, both);
  }
}
