package io.headwater.trainer.config;

import io.headwater.trainer.network.Activation;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.network.LayerForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A network with fresh weights.
 *
 * @param width numbers per token
 * @param vocabulary tokens to learn from the texts
 * @param tokenizer a {@code tokenizer.json} to take instead
 * @param maxTokens longest text, special tokens included
 * @param embeddingDropout share of the embeddings' numbers silenced
 * @param normBefore whether a block normalises what it reads
 * @param activation of the feed-forward blocks
 * @param feedForward their width
 * @param dropout share of what blocks add that is silenced
 * @param shareLayers whether layers have the same weights
 * @param layers one each
 */
public record ModelSettings(
    int width,
    int vocabulary,
    Optional<String> tokenizer,
    int maxTokens,
    double embeddingDropout,
    boolean normBefore,
    Activation activation,
    int feedForward,
    double dropout,
    boolean shareLayers,
    List<LayerForm> layers) {
  private static final int MOST = 1 << 20;

  /** Copies the layers. */
  public ModelSettings {
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(activation, "activation");
    layers = List.copyOf(layers);
  }

  /** What the kinds of networks have if the file says nothing. */
  private record Defaults(
      String layers, int count, int width, int vocabulary, String activation, int leastTokens) {}

  static ModelSettings read(Section model) {
    Section embedding = model.section("embedding");
    if (embedding.flag("tied", false)) {
      embedding.fault("tied", "is true; only a decoder has an output to tie: false");
    }
    ModelSettings settings =
        read(model, embedding, new Defaults("layers", 2, 128, 8_000, "gelu", 2));
    if (model.has("decoder")) {
      model.fault("decoder", "is of no use: only a translation writes");
      model.sections("decoder");
    }
    return settings;
  }

  /** The part of an encoder-decoder that reads, and the sizes of both. */
  static ModelSettings readEncoder(Section model, Section embedding) {
    return read(model, embedding, new Defaults("encoder", 3, 256, 6_000, "relu", 4));
  }

  private static ModelSettings read(Section model, Section embedding, Defaults otherwise) {
    double embeddingDropout = embedding.share("dropout", 0.1);
    embedding.end();
    int width = model.whole("width", otherwise.width(), 2, MOST);
    if (width % 2 != 0) {
      model.fault("width", "is " + width + "; an even number");
    }
    int vocabulary = model.whole("vocabulary", otherwise.vocabulary(), 8, MOST);
    Optional<String> tokenizer = model.text("tokenizer");
    if (tokenizer.isPresent() && model.has("vocabulary")) {
      model.fault("vocabulary", "is of no use beside tokenizer: leave one of them out");
    }
    ModelSettings settings =
        new ModelSettings(
            width,
            tokenizer.isPresent() ? 0 : vocabulary,
            tokenizer,
            model.whole("maxTokens", 256, otherwise.leastTokens(), MOST),
            embeddingDropout,
            model.choice("norm", "before", List.of("before", "after")).equals("before"),
            Activation.valueOf(
                model
                    .choice("activation", otherwise.activation(), List.of("gelu", "relu"))
                    .toUpperCase(Locale.ROOT)),
            model.whole("feedForward", 4 * width, 1, MOST),
            model.share("dropout", 0.1),
            model.flag("shareLayers", false),
            new LayerReader(model, width).encoder(otherwise.layers(), otherwise.count()));
    if (settings.shareLayers() && settings.layers().stream().distinct().count() > 1) {
      model.fault("shareLayers", "is true; then all layers need the same attention");
    }
    return settings;
  }

  /**
   * All but the longest text, by the names in the file.
   *
   * @param ofLayers the name of the layers
   */
  Map<String, String> settings(String ofLayers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model.width", Integer.toString(width));
    settings.put("model.vocabulary", Integer.toString(vocabulary));
    tokenizer.ifPresent(file -> settings.put("model.tokenizer", file));
    settings.put("model.embedding.dropout", Double.toString(embeddingDropout));
    settings.put("model.norm", normBefore ? "before" : "after");
    settings.put("model.activation", activation.toString());
    settings.put("model.feedForward", Integer.toString(feedForward));
    settings.put("model.dropout", Double.toString(dropout));
    settings.put("model.shareLayers", Boolean.toString(shareLayers));
    settings.put(ofLayers, layers.toString());
    return settings;
  }

  /**
   * The network's shape.
   *
   * @param tokens in the vocabulary that there is
   */
  public EncoderShape toShape(int tokens) {
    return new EncoderShape(
        tokens,
        width,
        maxTokens,
        feedForward,
        activation,
        normBefore,
        (float) embeddingDropout,
        (float) dropout,
        shareLayers,
        layers);
  }
}
