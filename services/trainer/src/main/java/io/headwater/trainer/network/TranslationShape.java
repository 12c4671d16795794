package io.headwater.trainer.network;

import java.util.List;
import java.util.Objects;

/**
 * Everything that decides which weights an encoder-decoder has and what it does with them.
 *
 * @param encoder its sizes, norms and dropout are the decoder's, too; its vocabulary is shared by
 *     both languages
 * @param decoder the attentions of each of its layers
 * @param tied whether the embedding is also what scores the vocabulary (Press and Wolf 2017, "Using
 *     the Output Embedding to Improve Language Models")
 */
public record TranslationShape(EncoderShape encoder, List<DecoderForm> decoder, boolean tied) {

  /** Refuses shapes that fit no network. */
  public TranslationShape {
    Objects.requireNonNull(encoder, "encoder");
    decoder = List.copyOf(decoder);
    if (decoder.isEmpty()) {
      throw new IllegalArgumentException("a decoder needs a layer");
    }
    if (encoder.shareLayers() && decoder.stream().distinct().count() > 1) {
      throw new IllegalArgumentException("layers that share weights have one form of attention");
    }
    for (DecoderForm layer : decoder) {
      layer.attention().buildForDecoder("layer", encoder.width());
      layer.cross().buildForDecoder("layer", encoder.width());
    }
  }
}
