package io.headwater.models.translation;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The inputs and outputs of a decoder by the part they play.
 *
 * @param own keys and values of the decoder's own tokens, such as {@code 0.decoder.key}
 * @param source keys and values of the source, such as {@code 0.encoder.value}
 * @param heads attention heads
 * @param headSize numbers of each head's key
 * @param scored how many tokens the logits are of; -1 if the graph does not say
 * @param needsHidden whether later steps read the encoder's output, too
 * @param needsMask whether later steps read the source's mask
 * @param attention the cross attention of the last layer that gives it; empty if none does
 */
record DecoderPorts(
    List<String> own,
    List<String> source,
    int heads,
    int headSize,
    int scored,
    boolean needsHidden,
    boolean needsMask,
    Optional<String> attention) {

  static final String IDS = "input_ids";
  static final String MASK = "encoder_attention_mask";
  static final String HIDDEN = "encoder_hidden_states";
  static final String USE_CACHE = "use_cache_branch";
  static final String LOGITS = "logits";
  static final String PAST = "past_key_values.";
  static final String PRESENT = "present.";

  private static final Pattern PAST_NAME =
      Pattern.compile("past_key_values\\.(\\d+\\.(decoder|encoder)\\.(?:key|value))");
  private static final Pattern ATTENTION = Pattern.compile("cross_attentions\\.(\\d+)");

  /**
   * Reads what two graphs take and give.
   *
   * @param first the graph of the first step
   * @param later the graph of later steps; the same in the merged layout
   * @throws IllegalArgumentException with one line that lists what a graph has
   */
  static DecoderPorts of(String firstName, OrtSession first, String laterName, OrtSession later)
      throws OrtException {
    Map<String, NodeInfo> inputs = later.getInputInfo();
    List<String> own = caches(inputs, "decoder");
    List<String> source = caches(inputs, "encoder");
    if (own.isEmpty() || source.isEmpty()) {
      throw new IllegalArgumentException(
          laterName
              + " has the inputs "
              + sorted(inputs)
              + "; needed are past_key_values.0.decoder.key and so on, as exports with past have"
              + " them");
    }
    boolean merged = first == later;
    requireInputs(
        firstName, first, merged ? List.of(IDS, HIDDEN, USE_CACHE) : List.of(IDS, HIDDEN));
    requireInputs(laterName, later, List.of(IDS));
    requireOutputs(firstName, first, own);
    requireOutputs(firstName, first, source);
    requireOutputs(laterName, later, own);
    long[] shape = floatShape(laterName, inputs, PAST + own.get(0));
    if (shape.length != 4 || shape[1] < 1 || shape[3] < 1) {
      throw new IllegalArgumentException(
          laterName
              + " does not say how many heads of which size "
              + PAST
              + own.get(0)
              + " has; its shape is "
              + Arrays.toString(shape));
    }
    long[] logits = floatShape(laterName, later.getOutputInfo(), LOGITS);
    return new DecoderPorts(
        own,
        source,
        (int) shape[1],
        (int) shape[3],
        (int) logits[logits.length - 1],
        inputs.containsKey(HIDDEN),
        inputs.containsKey(MASK),
        attention(first, later));
  }

  /** What a decoder calls a cache that it reads. */
  String past(String cache) {
    return PAST + cache;
  }

  private static List<String> caches(Map<String, NodeInfo> inputs, String side) {
    List<String> caches = new ArrayList<>();
    for (String name : inputs.keySet()) {
      Matcher matcher = PAST_NAME.matcher(name);
      if (matcher.matches() && matcher.group(2).equals(side)) {
        caches.add(matcher.group(1));
      }
    }
    return List.copyOf(caches);
  }

  private static Optional<String> attention(OrtSession first, OrtSession later) {
    return first.getOutputNames().stream()
        .filter(name -> ATTENTION.matcher(name).matches())
        .filter(name -> later.getOutputNames().contains(name))
        .max(Comparator.comparingInt(DecoderPorts::layer));
  }

  private static int layer(String name) {
    Matcher matcher = ATTENTION.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private static void requireInputs(String name, OrtSession graph, List<String> needed) {
    boolean known =
        graph.getInputNames().stream()
            .allMatch(
                input ->
                    List.of(IDS, MASK, HIDDEN, USE_CACHE).contains(input)
                        || PAST_NAME.matcher(input).matches());
    if (!known || !graph.getInputNames().containsAll(needed)) {
      throw new IllegalArgumentException(
          name
              + " has the inputs "
              + new TreeSet<>(graph.getInputNames())
              + "; needed are "
              + needed
              + ", and only "
              + MASK
              + " and past_key_values may be there, too");
    }
  }

  private static void requireOutputs(String name, OrtSession graph, List<String> caches) {
    List<String> needed = new ArrayList<>(List.of(LOGITS));
    caches.forEach(cache -> needed.add(PRESENT + cache));
    if (!graph.getOutputNames().containsAll(needed)) {
      throw new IllegalArgumentException(
          name
              + " has the outputs "
              + new TreeSet<>(graph.getOutputNames())
              + "; needed are "
              + needed);
    }
  }

  private static long[] floatShape(String graph, Map<String, NodeInfo> nodes, String name) {
    NodeInfo node = nodes.get(name);
    if (node != null
        && node.getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.FLOAT
        && tensor.getShape().length > 0) {
      return tensor.getShape();
    }
    throw new IllegalArgumentException(
        graph + " has " + name + " of another type than float32; export the model as float32");
  }

  private static List<String> sorted(Map<String, NodeInfo> nodes) {
    return List.copyOf(new TreeSet<>(nodes.keySet()));
  }
}
