package io.headwater.trainer.config;

import io.headwater.trainer.network.DecoderForm;
import io.headwater.trainer.network.TranslationShape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An encoder-decoder with fresh weights.
 *
 * @param encoder its sizes are the decoder's, too
 * @param decoder the attentions of each of its layers
 * @param tied whether the embedding also scores the vocabulary
 */
public record TranslationSettings(ModelSettings encoder, List<DecoderForm> decoder, boolean tied) {
  /** Copies the layers. */
  public TranslationSettings {
    Objects.requireNonNull(encoder, "encoder");
    decoder = List.copyOf(decoder);
  }

  static TranslationSettings read(Section model) {
    Section embedding = model.section("embedding");
    boolean tied = embedding.flag("tied", true);
    ModelSettings encoder = ModelSettings.readEncoder(model, embedding);
    List<DecoderForm> decoder = new LayerReader(model, encoder.width()).decoder("decoder", 2);
    if (encoder.shareLayers() && decoder.stream().distinct().count() > 1) {
      model.fault("shareLayers", "is true; then all decoder layers need the same attentions");
    }
    return new TranslationSettings(encoder, decoder, tied);
  }

  /**
   * The network's shape.
   *
   * @param tokens in the vocabulary that there is
   */
  public TranslationShape toShape(int tokens) {
    return new TranslationShape(encoder.toShape(tokens), decoder, tied);
  }

  Map<String, String> settings() {
    Map<String, String> settings = encoder.settings("model.encoder");
    settings.put("model.decoder", decoder.toString());
    settings.put("model.embedding.tied", Boolean.toString(tied));
    settings.put("model.maxTokens", Integer.toString(encoder.maxTokens()));
    return settings;
  }
}
