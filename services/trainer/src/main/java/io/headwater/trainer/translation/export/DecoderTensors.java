package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.translation.TransformerShape;
import java.util.ArrayList;
import java.util.List;

/** The names and shapes of a decoder's inputs and outputs, as Hugging Face Optimum has them. */
final class DecoderTensors {

  static final String IDS = "input_ids";
  static final String SOURCE_MASK = "encoder_attention_mask";
  static final String SOURCE_STATES = "encoder_hidden_states";
  static final String USE_CACHE = "use_cache_branch";
  static final String LOGITS = "logits";

  private static final String BATCH = "batch_size";
  private static final String SOURCE_LENGTH = "encoder_sequence_length";
  private static final String LENGTH = "decoder_sequence_length";

  private final TransformerShape shape;

  DecoderTensors(TransformerShape shape) {
    this.shape = shape;
  }

  /** Whose keys and values. */
  enum Side {
    DECODER,
    ENCODER;

    @Override
    public String toString() {
      return this == DECODER ? "decoder" : "encoder";
    }
  }

  /** Such as {@code past_key_values.0.decoder.key}. */
  static String past(int layer, Side side, String what) {
    return "past_key_values." + layer + "." + side + "." + what;
  }

  /** Such as {@code present.0.decoder.key}. */
  static String present(int layer, Side side, String what) {
    return "present." + layer + "." + side + "." + what;
  }

  /** What each target token looks at in the source. */
  static String crossAttention(int layer) {
    return "cross_attentions." + layer;
  }

  /** Declares the token ids and the source's mask, which every decoder reads. */
  void addTokens(GraphWriter graph, String length) {
    graph.input(IDS, TensorProto.DataType.INT64, List.of(BATCH, length));
    graph.input(SOURCE_MASK, TensorProto.DataType.INT64, List.of(BATCH, SOURCE_LENGTH));
  }

  /** Declares the encoder's output. */
  void addSourceStates(GraphWriter graph) {
    graph.input(
        SOURCE_STATES,
        TensorProto.DataType.FLOAT,
        List.of(BATCH, SOURCE_LENGTH, Integer.toString(shape.width())));
  }

  /** Declares the keys and values of earlier steps. */
  void addPast(GraphWriter graph) {
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      for (Side side : Side.values()) {
        String length =
            side == Side.DECODER ? "past_decoder_sequence_length" : "encoder_sequence_length_out";
        for (String what : List.of("key", "value")) {
          graph.input(past(layer, side, what), TensorProto.DataType.FLOAT, heads(length));
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
  void addOutputs(GraphWriter graph, String scope, List<Side> sides, String length) {
    String vocabulary = Integer.toString(shape.vocabulary());
    graph.output(scope + LOGITS, List.of(BATCH, length, vocabulary));
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      for (Side side : sides) {
        for (String what : List.of("key", "value")) {
          String size =
              side == Side.DECODER
                  ? "present_decoder_sequence_length"
                  : "encoder_sequence_length_out";
          graph.output(scope + present(layer, side, what), heads(size));
        }
      }
    }
    String heads = Integer.toString(shape.heads());
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      graph.output(scope + crossAttention(layer), List.of(BATCH, heads, length, SOURCE_LENGTH));
    }
  }

  /** The names of all outputs of the merged decoder, in the order in which they are declared. */
  String[] outputs(String scope) {
    List<String> names = new ArrayList<>(List.of(scope + LOGITS));
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      for (Side side : Side.values()) {
        names.add(scope + present(layer, side, "key"));
        names.add(scope + present(layer, side, "value"));
      }
    }
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      names.add(scope + crossAttention(layer));
    }
    return names.toArray(String[]::new);
  }

  static String length() {
    return LENGTH;
  }

  private List<String> heads(String length) {
    return List.of(
        BATCH, Integer.toString(shape.heads()), length, Integer.toString(shape.headWidth()));
  }
}
