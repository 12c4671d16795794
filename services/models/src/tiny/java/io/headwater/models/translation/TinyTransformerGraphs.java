package io.headwater.models.translation;

import static io.headwater.models.translation.OnnxSketch.BOOL;
import static io.headwater.models.translation.OnnxSketch.FLOAT;
import static io.headwater.models.translation.OnnxSketch.INT64;
import static io.headwater.models.translation.OnnxSketch.integer;
import static io.headwater.models.translation.OnnxSketch.integers;

import java.util.List;

/**
 * Draws a {@link TinyTransformer} as the graphs that Hugging Face Optimum exports, with the names
 * that it gives their inputs and outputs. A decoder takes one token a step.
 */
public final class TinyTransformerGraphs {

  private final TinyTransformer model;
  private final boolean explains;

  /** The graphs of a model; whether they also give their cross attention. */
  public TinyTransformerGraphs(TinyTransformer model, boolean explains) {
    this.model = model;
    this.explains = explains;
  }

  /** {@code encoder_model.onnx}. */
  public byte[] encoder() {
    OnnxSketch sketch = new OnnxSketch("encoder");
    weights(sketch);
    sketch.input("input_ids", INT64, -1, -1).input("attention_mask", INT64, -1, -1);
    String length = sketch.op("Gather", sketch.op("Shape", "input_ids"), index(sketch, 1));
    String places = sketch.op("Range", index(sketch, 0), length, index(sketch, 1));
    String table = model.weights().containsKey("source") ? "source" : "embedding";
    String x =
        sketch.op(
            "Add",
            sketch.op("Gather", table, "input_ids"),
            sketch.op("Gather", "positions", places));
    String hidden = hide(sketch, "attention_mask");
    for (int layer = 0; layer < model.layers(); layer++) {
      String part = "encoder." + layer;
      String y = norm(sketch, x);
      x =
          attend(
              sketch,
              part,
              new Seen(x, y, keys(sketch, part, y), values(sketch, part, y), hidden),
              "");
      x = feedForward(sketch, part, x);
    }
    return sketch.output("last_hidden_state", norm(sketch, x), -1, -1, model.width()).bytes();
  }

  /** {@code decoder_model.onnx}. */
  public byte[] decoder() {
    OnnxSketch sketch = new OnnxSketch("decoder");
    weights(sketch);
    inputs(sketch, true, false);
    draw(sketch, false);
    return sketch.bytes();
  }

  /** {@code decoder_with_past_model.onnx}. */
  public byte[] decoderWithPast() {
    OnnxSketch sketch = new OnnxSketch("past");
    weights(sketch);
    inputs(sketch, false, true);
    draw(sketch, true);
    return sketch.bytes();
  }

  /** {@code decoder_model_merged.onnx}. */
  public byte[] merged() {
    OnnxSketch sketch = new OnnxSketch("merged");
    weights(sketch);
    inputs(sketch, true, true);
    sketch.input("use_cache_branch", BOOL, 1);
    OnnxSketch past = new OnnxSketch("past");
    draw(past, true);
    // As in real exports, the branch with past gives something in place of the source's caches.
    for (int layer = 0; layer < model.layers(); layer++) {
      for (String kind : List.of("key", "value")) {
        String nothing =
            past.op("ConstantOfShape", past.longs(0, model.heads(), 1, model.headSize()));
        past.output(name("present", layer, "encoder", kind), nothing, cache());
      }
    }
    OnnxSketch first = new OnnxSketch("first");
    draw(first, false);
    return sketch.choose("use_cache_branch", past, first).bytes();
  }

  private void inputs(OnnxSketch sketch, boolean hidden, boolean past) {
    sketch.input("input_ids", INT64, -1, -1).input("encoder_attention_mask", INT64, -1, -1);
    if (hidden) {
      sketch.input("encoder_hidden_states", FLOAT, -1, -1, model.width());
    }
    for (int layer = 0; past && layer < model.layers(); layer++) {
      for (String side : List.of("decoder", "encoder")) {
        for (String kind : List.of("key", "value")) {
          sketch.input(name("past_key_values", layer, side, kind), FLOAT, cache());
        }
      }
    }
  }

  /** The order of the outputs is the same with and without past, but for the source's caches. */
  private void draw(OnnxSketch sketch, boolean past) {
    String place =
        past
            ? sketch.op(
                "Gather",
                sketch.op("Shape", name("past_key_values", 0, "decoder", "key")),
                sketch.longs(2))
            : sketch.longs(0);
    String x =
        sketch.op(
            "Add",
            sketch.op("Gather", "embedding", "input_ids"),
            sketch.op("Gather", "positions", place));
    String hidden = hide(sketch, "encoder_attention_mask");
    String[][] own = new String[model.layers()][];
    String[][] source = new String[model.layers()][];
    for (int layer = 0; layer < model.layers(); layer++) {
      String y = norm(sketch, x);
      own[layer] = own(sketch, layer, y, past);
      String part = "decoder." + layer;
      x = attend(sketch, part, new Seen(x, y, own[layer][0], own[layer][1], ""), "");
      source[layer] = source(sketch, layer, past);
      x =
          attend(
              sketch,
              "cross." + layer,
              new Seen(x, norm(sketch, x), source[layer][0], source[layer][1], hidden),
              explains ? "cross_attentions." + layer : "");
      x = feedForward(sketch, part, x);
    }
    String scores =
        sketch.op(
            "MatMul",
            norm(sketch, x),
            sketch.op("Transpose", List.of(integers("perm", 1, 0)), "embedding"));
    sketch.output("logits", sketch.op("Add", scores, "bonus"), -1, -1, model.vocabulary());
    for (int layer = 0; layer < model.layers(); layer++) {
      sketch.output(name("present", layer, "decoder", "key"), own[layer][0], cache());
      sketch.output(name("present", layer, "decoder", "value"), own[layer][1], cache());
    }
    for (int layer = 0; !past && layer < model.layers(); layer++) {
      sketch.output(name("present", layer, "encoder", "key"), source[layer][0], cache());
      sketch.output(name("present", layer, "encoder", "value"), source[layer][1], cache());
    }
  }

  private String[] own(OnnxSketch sketch, int layer, String y, boolean past) {
    String keys = keys(sketch, "decoder." + layer, y);
    String values = values(sketch, "decoder." + layer, y);
    if (!past) {
      return new String[] {keys, values};
    }
    return new String[] {
      sketch.op(
          "Concat",
          List.of(integer("axis", 2)),
          name("past_key_values", layer, "decoder", "key"),
          keys),
      sketch.op(
          "Concat",
          List.of(integer("axis", 2)),
          name("past_key_values", layer, "decoder", "value"),
          values)
    };
  }

  private String[] source(OnnxSketch sketch, int layer, boolean past) {
    return past
        ? new String[] {
          name("past_key_values", layer, "encoder", "key"),
          name("past_key_values", layer, "encoder", "value")
        }
        : new String[] {
          keys(sketch, "cross." + layer, "encoder_hidden_states"),
          values(sketch, "cross." + layer, "encoder_hidden_states")
        };
  }

  /** What an attention adds to, asks with, and sees; and what hides padding, if anything. */
  private record Seen(String x, String asking, String keys, String values, String hidden) {}

  private String attend(OnnxSketch sketch, String part, Seen seen, String attention) {
    String asked = heads(sketch, linear(sketch, part + ".q", seen.asking()));
    String turned = sketch.op("Transpose", List.of(integers("perm", 0, 1, 3, 2)), seen.keys());
    String scores =
        sketch.op(
            "Mul",
            sketch.op("MatMul", asked, turned),
            sketch.scalar((float) (1 / Math.sqrt(model.headSize()))));
    if (!seen.hidden().isEmpty()) {
      scores = sketch.op("Add", scores, seen.hidden());
    }
    String weights = sketch.op("Softmax", List.of(integer("axis", -1)), scores);
    if (!attention.isEmpty()) {
      sketch.output(attention, weights, -1, model.heads(), -1, -1);
    }
    String mixed =
        sketch.op(
            "Reshape",
            sketch.op(
                "Transpose",
                List.of(integers("perm", 0, 2, 1, 3)),
                sketch.op("MatMul", weights, seen.values())),
            sketch.longs(0, 0, model.width()));
    return sketch.op("Add", seen.x(), linear(sketch, part + ".out", mixed));
  }

  private String feedForward(OnnxSketch sketch, String part, String x) {
    String inner = sketch.op("Relu", linear(sketch, part + ".in", norm(sketch, x)));
    return sketch.op("Add", x, linear(sketch, part + ".shrink", inner));
  }

  private String keys(OnnxSketch sketch, String part, String x) {
    return heads(sketch, linear(sketch, part + ".k", x));
  }

  private String values(OnnxSketch sketch, String part, String x) {
    return heads(sketch, linear(sketch, part + ".v", x));
  }

  private String heads(OnnxSketch sketch, String x) {
    return sketch.op(
        "Transpose",
        List.of(integers("perm", 0, 2, 1, 3)),
        sketch.op("Reshape", x, sketch.longs(0, 0, model.heads(), model.headSize())));
  }

  private static String linear(OnnxSketch sketch, String name, String x) {
    return sketch.op("Add", sketch.op("MatMul", x, name), name + ".bias");
  }

  private static String norm(OnnxSketch sketch, String x) {
    return sketch.op("LayerNormalization", x, "ones", "zeros");
  }

  /** A great negative number where the mask has a zero. */
  private static String hide(OnnxSketch sketch, String mask) {
    String seen = sketch.op("Cast", List.of(integer("to", FLOAT)), mask);
    String away = sketch.op("Mul", sketch.op("Sub", sketch.scalar(1), seen), sketch.scalar(-1e9f));
    return sketch.op("Unsqueeze", away, sketch.longs(1, 2));
  }

  private void weights(OnnxSketch sketch) {
    int width = model.width();
    float[] ones = new float[width];
    java.util.Arrays.fill(ones, 1);
    sketch.weights("ones", ones, width).weights("zeros", new float[width], width);
    model
        .weights()
        .forEach(
            (name, values) -> {
              long out =
                  name.equals("bonus") || name.endsWith(".bias")
                      ? 0
                      : name.endsWith(".in") ? model.inner() : width;
              if (out == 0) {
                sketch.weights(name, values, values.length);
              } else {
                sketch.weights(name, values, values.length / out, out);
              }
            });
  }

  private static String index(OnnxSketch sketch, int value) {
    return sketch.op("Squeeze", sketch.longs(value));
  }

  private long[] cache() {
    return new long[] {-1, model.heads(), -1, model.headSize()};
  }

  private static String name(String what, int layer, String side, String kind) {
    return what + "." + layer + "." + side + "." + kind;
  }
}
