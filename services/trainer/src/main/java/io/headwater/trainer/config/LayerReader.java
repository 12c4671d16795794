package io.headwater.trainer.config;

import io.headwater.trainer.network.DecoderForm;
import io.headwater.trainer.network.LayerForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Reads lists of layers, and says of each attention that does not fit why. */
final class LayerReader {
  private static final List<String> KINDS =
      List.of("dot-product", "additive", "general", "local", "hierarchical");
  private static final int MOST = 1 << 20;
  private static final int MOST_REPEATS = 1_000;

  private final Section model;
  private final int width;

  LayerReader(Section model, int width) {
    this.model = model;
    this.width = width;
  }

  /**
   * Layers of an encoder.
   *
   * @param count how many usual ones there are if the file has none
   */
  List<LayerForm> encoder(String key, int count) {
    List<LayerForm> layers = new ArrayList<>();
    for (Section layer : model.sections(key)) {
      int repeat = layer.whole("repeat", 1, 1, MOST_REPEATS);
      LayerForm form = form(layer, "attention", false);
      layer.end();
      layers.addAll(Collections.nCopies(repeat, form));
    }
    return layers.isEmpty() ? Collections.nCopies(count, usual()) : layers;
  }

  /** Layers of a decoder. */
  List<DecoderForm> decoder(String key, int count) {
    List<DecoderForm> layers = new ArrayList<>();
    for (Section layer : model.sections(key)) {
      int repeat = layer.whole("repeat", 1, 1, MOST_REPEATS);
      DecoderForm form =
          new DecoderForm(form(layer, "attention", true), form(layer, "cross", true));
      layer.end();
      layers.addAll(Collections.nCopies(repeat, form));
    }
    return layers.isEmpty() ? Collections.nCopies(count, DecoderForm.of(usual())) : layers;
  }

  private LayerForm usual() {
    return LayerForm.dotProduct(defaultHeads(), 0.1f);
  }

  private int defaultHeads() {
    return width % 4 == 0 ? 4 : 1;
  }

  private LayerForm form(Section layer, String key, boolean writes) {
    Section attention = layer.section(key);
    LayerForm form = form(attention);
    attention.end();
    int even = width % 2 == 0 ? width : 2;
    try {
      if (writes) {
        form.buildForDecoder("layer", even);
      } else {
        form.build("layer", even);
      }
    } catch (IllegalArgumentException e) {
      layer.fault(key, "does not fit: " + e.getMessage());
    }
    return form;
  }

  private LayerForm form(Section attention) {
    String kind = attention.choice("kind", "dot-product", KINDS);
    int heads = attention.whole("heads", defaultHeads(), 1, 1_024);
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
}
