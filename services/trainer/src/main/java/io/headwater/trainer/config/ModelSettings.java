package io.headwater.trainer.config;

import io.headwater.trainer.network.Activation;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.network.LayerForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private static final List<String> KINDS =
      List.of("dot-product", "additive", "general", "local", "hierarchical");
  private static final int MOST = 1 << 20;

  /** Copies the layers. */
  public ModelSettings {
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(activation, "activation");
    layers = List.copyOf(layers);
  }

  static ModelSettings read(Section model) {
    Section embedding = model.section("embedding");
    double embeddingDropout = embedding.share("dropout", 0.1);
    if (embedding.flag("tied", false)) {
      embedding.fault("tied", "is true; only a decoder has an output to tie: false");
    }
    embedding.end();
    int width = model.whole("width", 128, 2, MOST);
    if (width % 2 != 0) {
      model.fault("width", "is " + width + "; an even number");
    }
    int vocabulary = model.whole("vocabulary", 8_000, 8, MOST);
    Optional<String> tokenizer = model.text("tokenizer");
    if (tokenizer.isPresent() && model.has("vocabulary")) {
      model.fault("vocabulary", "is of no use beside tokenizer: leave one of them out");
    }
    ModelSettings settings =
        new ModelSettings(
            width,
            tokenizer.isPresent() ? 0 : vocabulary,
            tokenizer,
            model.whole("maxTokens", 256, 2, MOST),
            embeddingDropout,
            model.choice("norm", "before", List.of("before", "after")).equals("before"),
            Activation.valueOf(
                model
                    .choice("activation", "gelu", List.of("gelu", "relu"))
                    .toUpperCase(Locale.ROOT)),
            model.whole("feedForward", 4 * width, 1, MOST),
            model.share("dropout", 0.1),
            model.flag("shareLayers", false),
            layers(model, width));
    if (model.has("decoder")) {
      model.fault("decoder", "is of no use: only a translation writes");
      model.sections("decoder");
    }
    if (settings.shareLayers() && settings.layers().stream().distinct().count() > 1) {
      model.fault("shareLayers", "is true; then all layers need the same attention");
    }
    return settings;
  }

  private static List<LayerForm> layers(Section model, int width) {
    List<LayerForm> layers = new ArrayList<>();
    for (Section layer : model.sections("layers")) {
      int repeat = layer.whole("repeat", 1, 1, 1_000);
      Section attention = layer.section("attention");
      LayerForm form = form(attention, defaultHeads(width));
      attention.end();
      layer.end();
      try {
        form.build("layer", width % 2 == 0 ? width : 2);
      } catch (IllegalArgumentException e) {
        layer.fault("attention", "does not fit: " + e.getMessage());
      }
      for (int i = 0; i < repeat; i++) {
        layers.add(form);
      }
    }
    if (layers.isEmpty()) {
      LayerForm usual = LayerForm.dotProduct(defaultHeads(width), 0.1f);
      layers.addAll(List.of(usual, usual));
    }
    return layers;
  }

  private static int defaultHeads(int width) {
    return width % 4 == 0 ? 4 : 1;
  }

  private static LayerForm form(Section attention, int defaultHeads) {
    String kind = attention.choice("kind", "dot-product", KINDS);
    int heads = attention.whole("heads", defaultHeads, 1, 1_024);
    boolean general = kind.equals("general");
    // General attention has one matrix per head in place of keys.
    int keyHeads = general ? heads : attention.whole("keyHeads", heads, 1, 1_024);
    int span = 0;
    int globalTokens = 0;
    if (kind.equals("local")) {
      span = attention.whole("window", 32, 1, MOST);
      globalTokens = attention.whole("globalTokens", 0, 0, MOST);
    } else if (kind.equals("hierarchical")) {
      span = attention.whole("segment", 32, 1, MOST);
    }
    float dropout = (float) attention.share("dropout", 0.1);
    return new LayerForm(
        LayerForm.Kind.valueOf(kind.replace('-', '_').toUpperCase(Locale.ROOT)),
        heads,
        keyHeads,
        dropout,
        span,
        globalTokens);
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
