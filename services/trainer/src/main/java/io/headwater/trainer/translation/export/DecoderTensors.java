package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import java.util.ArrayList;
import java.util.List;

/** The names and shapes of a decoder's inputs and outputs, as Hugging Face Optimum has them. */
public final class DecoderTensors {

  public static final String IDS = "input_ids";
  public static final String SOURCE_MASK = "encoder_attention_mask";
  public static final String SOURCE_STATES = "encoder_hidden_states";
  static final String USE_CACHE = "use_cache_branch";
  public static final String LOGITS = "logits";

  private static final String BATCH = "batch_size";
  private static final String SOURCE_LENGTH = "encoder_sequence_length";
  private static final String LENGTH = "decoder_sequence_length";

  private final DecoderSizes sizes;

  /** Those of a decoder of some sizes. */
  public DecoderTensors(DecoderSizes sizes) {
    this.sizes = sizes;
  }

  /** Whose keys and values. */
  public enum Side {
    /** What was written. */
    DECODER,
    /** The source. */
    ENCODER;

    @Override
    public String toString() {
      return this == DECODER ? "decoder" : "encoder";
    }
  }

  /** Such as {@code past_key_values.0.decoder.key}. */
  public static String past(int layer, Side side, String what) {
    return "past_key_values." + layer + "." + side + "." + what;
  }

  /** Such as {@code present.0.decoder.key}. */
  public static String present(int layer, Side side, String what) {
    return "present." + layer + "." + side + "." + what;
  }

  /** What each target token looks at in the source. */
  public static String crossAttention(int layer) {
    return "cross_attentions." + layer;
  }

  /** Declares the token ids and the source's mask, which every decoder reads. */
  public void addTokens(GraphWriter graph, String length) {
    graph.input(IDS, TensorProto.DataType.INT64, List.of(BATCH, length));
    graph.input(SOURCE_MASK, TensorProto.DataType.INT64, List.of(BATCH, SOURCE_LENGTH));
  }

  /** Declares the encoder's output. */
  public void addSourceStates(GraphWriter graph) {
    graph.input(
        SOURCE_STATES,
        TensorProto.DataType.FLOAT,
        List.of(BATCH, SOURCE_LENGTH, Integer.toString(sizes.width())));
  }

  /** Declares the keys and values of earlier steps. */
  public void addPast(GraphWriter graph) {
    for (int layer = 0; layer < sizes.layers().size(); layer++) {
      for (Side side : Side.values()) {
        String length =
            side == Side.DECODER ? "past_decoder_sequence_length" : "encoder_sequence_length_out";
        for (String what : List.of("key", "value")) {
          graph.input(
              past(layer, side, what), TensorProto.DataType.FLOAT, heads(layer, side, length));
        }
      }
    }
  }

  /** Declares the switch between the branches of the merged decoder. */
  void addSwitch(GraphWriter graph) {
    graph.input(USE_CACHE, TensorProto.DataType.BOOL, List.of("1"));
  }

  /**
   * Declares every output.
   *
   * @param scope put before each name
   * @param sides whose keys and values come out
   * @param length name of the number of target tokens
   */
  public void addOutputs(GraphWriter graph, String scope, List<Side> sides, String length) {
    String vocabulary = Integer.toString(sizes.vocabulary());
    graph.output(scope + LOGITS, List.of(BATCH, length, vocabulary));
    for (int layer = 0; layer < sizes.layers().size(); layer++) {
      for (Side side : sides) {
        for (String what : List.of("key", "value")) {
          String size =
              side == Side.DECODER
                  ? "present_decoder_sequence_length"
                  : "encoder_sequence_length_out";
          graph.output(scope + present(layer, side, what), heads(layer, side, size));
        }
      }
    }
    for (int layer = 0; layer < sizes.layers().size(); layer++) {
      String heads = Integer.toString(sizes.layers().get(layer).crossHeads());
      graph.output(scope + crossAttention(layer), List.of(BATCH, heads, length, SOURCE_LENGTH));
    }
  }

  /** The names of all outputs of the merged decoder, in the order in which they are declared. */
  String[] outputs(String scope) {
    List<String> names = new ArrayList<>(List.of(scope + LOGITS));
    for (int layer = 0; layer < sizes.layers().size(); layer++) {
      for (Side side : Side.values()) {
        names.add(scope + present(layer, side, "key"));
        names.add(scope + present(layer, side, "value"));
      }
    }
    for (int layer = 0; layer < sizes.layers().size(); layer++) {
      names.add(scope + crossAttention(layer));
    }
    return names.toArray(String[]::new);
  }

  /** The name of the number of target tokens. */
  public static String length() {
    return LENGTH;
  }

  private List<String> heads(int layer, Side side, String length) {
    DecoderSizes.Layer of = sizes.layers().get(layer);
    DecoderSizes.Heads heads = side == Side.DECODER ? of.own() : of.source();
    return List.of(BATCH, Integer.toString(heads.count()), length, Integer.toString(heads.size()));
  }
}
