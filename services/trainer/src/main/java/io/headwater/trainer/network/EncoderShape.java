package io.headwater.trainer.network;

import java.util.List;
import java.util.Objects;

/**
 * Everything that decides which weights an encoder has and what it does with them.
 *
 * @param vocabulary tokens
 * @param width numbers per token; even
 * @param maxTokens longest row
 * @param feedForward width of the inner layers
 * @param activation between them
 * @param normBefore whether a block's input is normalised, rather than its output with the input
 *     added (Xiong et al. 2020, "On Layer Normalization in the Transformer Architecture")
 * @param embeddingDropout share of the embeddings' numbers silenced while training
 * @param dropout the same for what each block adds, and for what the head reads
 * @param shareLayers whether all layers have the same weights (Lan et al. 2020, "ALBERT")
 * @param layers the attention of each layer
 */
public record EncoderShape(
    int vocabulary,
    int width,
    int maxTokens,
    int feedForward,
    Activation activation,
    boolean normBefore,
    float embeddingDropout,
    float dropout,
    boolean shareLayers,
    List<LayerForm> layers) {

  /** Refuses shapes that fit no network. */
  public EncoderShape {
    Objects.requireNonNull(activation, "activation");
    layers = List.copyOf(layers);
    if (vocabulary < 1 || width < 2 || width % 2 != 0 || maxTokens < 1 || feedForward < 1) {
      throw new IllegalArgumentException(
          "a network of %d tokens, width %d (even), %d positions, feed-forward %d cannot be"
              .formatted(vocabulary, width, maxTokens, feedForward));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an encoder needs a layer");
    }
    if (shareLayers && layers.stream().distinct().count() > 1) {
      throw new IllegalArgumentException("layers that share weights have one form of attention");
    }
    for (LayerForm layer : layers) {
      layer.build("layer", width);
    }
  }
}
