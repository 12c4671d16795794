package io.headwater.load;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decodes a batch on the graphs of a package, with or without what the engine does to be fast. It
 * stands beside the engine because the engine has no switch to be slow.
 *
 * <p>Every translation has the length that it is told to have, so that all plans write the same
 * number of tokens whatever the weights have learned. Of several beams, each step continues the
 * next one, so that the caches are reordered as in a search; the search itself is not measured.
 */
final class MeasuredDecoding {

  private static final String PAST = "past_key_values.";
  private static final String PRESENT = "present.";
  private static final int START = 1;

  private final TranslationSessions sessions;
  private final DecodingPlan plan;
  private final int[] lengths;
  private final Rows source = new Rows();
  private final Rows cache = new Rows();

  /** For each row of the batch, which source it translates. */
  private int[] owners = {};

  /** For each row, what it has written. */
  private List<int[]> targets = new ArrayList<>();

  /**
   * A batch to decode once.
   *
   * @param lengths how many tokens each translation has
   */
  MeasuredDecoding(TranslationSessions sessions, DecodingPlan plan, int[] lengths) {
    this.sessions = sessions;
    this.plan = plan;
    this.lengths = lengths;
  }

  /** Decodes; returns the number of target tokens written, one beam counted. */
  long run(List<int[]> sources) throws OrtException {
    try (source;
        cache) {
      encode(sources);
      owners =
          IntStream.range(0, sources.size() * plan.beams())
              .map(row -> row / plan.beams())
              .toArray();
      source.pick(owners);
      targets = new ArrayList<>();
      for (int row = 0; row < owners.length; row++) {
        targets.add(new int[] {START});
      }
      int longest = Arrays.stream(lengths).max().orElseThrow();
      for (int step = 0; step < longest; step++) {
        write(step(step));
        if (step + 1 < longest) {
          rearrange(step + 1);
        }
      }
    }
    return Arrays.stream(lengths).sum();
  }

  private void encode(List<int[]> sources) throws OrtException {
    int longest = sources.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    int length = (longest + 7) / 8 * 8;
    List<int[]> ids = sources.stream().map(row -> Arrays.copyOf(row, length)).toList();
    List<int[]> mask = new ArrayList<>();
    for (int[] row : sources) {
      int[] seen = new int[length];
      Arrays.fill(seen, 0, row.length, 1);
      mask.add(seen);
    }
    source.put("encoder_attention_mask", Rows.longs(mask));
    try (OnnxTensor tokens = Rows.longs(ids)) {
      OrtSession.Result result =
          sessions
              .encoder()
              .run(
                  Map.of(
                      "input_ids", tokens, "attention_mask", source.get("encoder_attention_mask")));
      source.put("encoder_hidden_states", (OnnxTensor) result.get(0));
    }
  }

  /** The best token of each row. */
  private int[] step(int step) throws OrtException {
    boolean cached = plan.reusesCache() && step > 0;
    List<int[]> ids =
        cached ? targets.stream().map(row -> new int[] {row[row.length - 1]}).toList() : targets;
    OrtSession graph = cached ? sessions.later() : sessions.first();
    Rows passing = new Rows();
    try (passing) {
      passing.put("input_ids", Rows.longs(ids));
      passing.put(
          "use_cache_branch",
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new boolean[] {cached}));
      Map<String, OnnxTensor> inputs = new HashMap<>();
      for (String name : graph.getInputNames()) {
        if (name.startsWith(PAST) && !cached) {
          passing.put(name, sessions.emptyPast(owners.length));
        }
        inputs.put(name, found(name, passing));
      }
      OrtSession.Result result = graph.run(inputs, outputs(graph, cached));
      return keep(result, cached);
    }
  }

  private OnnxTensor found(String name, Rows passing) {
    if (passing.has(name)) {
      return passing.get(name);
    }
    return source.has(name) ? source.get(name) : cache.get(name);
  }

  private Set<String> outputs(OrtSession graph, boolean cached) {
    Set<String> outputs = new LinkedHashSet<>();
    for (String name : graph.getOutputNames()) {
      boolean present =
          name.startsWith(PRESENT) && plan.reusesCache() && (!cached || name.contains(".decoder."));
      if (name.equals("logits") || present) {
        outputs.add(name);
      }
    }
    return outputs;
  }

  private int[] keep(OrtSession.Result result, boolean cached) {
    int[] best = {};
    for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
      OnnxTensor tensor = (OnnxTensor) output.getValue();
      if (output.getKey().equals("logits")) {
        best = best(tensor);
        tensor.close();
      } else {
        boolean ofSource = !cached && output.getKey().contains(".encoder.");
        String past = PAST + output.getKey().substring(PRESENT.length());
        (ofSource ? source : cache).put(past, tensor);
      }
    }
    return best;
  }

  private static int[] best(OnnxTensor logits) {
    long[] shape = logits.getInfo().getShape();
    int vocabulary = (int) shape[2];
    FloatBuffer values = logits.getFloatBuffer();
    float[] scores = new float[vocabulary];
    int[] best = new int[(int) shape[0]];
    for (int row = 0; row < best.length; row++) {
      values.get((int) ((row + 1) * shape[1] - 1) * vocabulary, scores);
      for (int id = 1; id < vocabulary; id++) {
        if (scores[id] > scores[best[row]]) {
          best[row] = id;
        }
      }
    }
    return best;
  }

  private void write(int[] tokens) {
    for (int row = 0; row < tokens.length; row++) {
      int[] longer = Arrays.copyOf(targets.get(row), targets.get(row).length + 1);
      longer[longer.length - 1] = tokens[row];
      targets.set(row, longer);
    }
  }

  /** Lets ended rows leave, and continues other beams than before. */
  private void rearrange(int written) throws OrtException {
    int[] now = owners;
    int[] from =
        IntStream.range(0, now.length)
            .filter(row -> !plan.shrinks() || lengths[now[row]] > written)
            .toArray();
    boolean fewer = from.length < now.length;
    int[] next = Arrays.stream(from).map(row -> now[row]).toArray();
    int[] moved =
        Arrays.stream(from)
            .map(row -> row / plan.beams() * plan.beams() + (row + 1) % plan.beams())
            .toArray();
    if (fewer) {
      source.pick(from);
    }
    if (fewer || plan.beams() > 1) {
      cache.pick(moved);
      List<int[]> before = targets;
      targets = new ArrayList<>(Arrays.stream(moved).mapToObj(before::get).toList());
    }
    owners = next;
  }
}
