package io.headwater.models.explain;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineException;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.engine.TokenGraph;
import io.headwater.models.engine.TokenRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Explains scores of a package: runs its graph with the attention as further outputs, and masks one
 * token after the other. It has a session of its own, so that a {@link SentimentEngine} beside it
 * scores at the same cost whether explanations can be had or not.
 *
 * <p>Owned by one thread: it calls the methods, and nobody else does.
 */
public final class SentimentExplainer implements AutoCloseable {

  private static final int ROWS_A_CALL = 8;

  private final ModelPackage model;
  private final List<String> layers;
  private final SentimentEngine engine;

  private SentimentExplainer(ModelPackage model, List<String> layers, SentimentEngine engine) {
    this.model = model;
    this.layers = layers;
    this.engine = engine;
  }

  /**
   * Loads a package's graph, with its attention as further outputs.
   *
   * @throws InvalidModelPackageException if no attention can be seen in its graph, or it is none of
   *     sentiment
   */
  public static SentimentExplainer open(ModelPackage model, EngineOptions options) {
    AttentionTaps taps = tapped(model);
    SentimentEngine engine =
        SentimentEngine.open(
            model,
            () ->
                TokenGraph.open(
                    model.graphFile() + " with its attention",
                    taps.graph(),
                    options.fitting(model)));
    return new SentimentExplainer(model, taps.layers(), engine);
  }

  private static AttentionTaps tapped(ModelPackage model) {
    try {
      return AttentionTaps.of(model.graphFile());
    } catch (IOException e) {
      throw new InvalidModelPackageException(model.folder(), "cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new InvalidModelPackageException(model.folder(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The engine that it masks with; closed by this. */
  public SentimentEngine engine() {
    return engine;
  }

  /** How many layers have attention. */
  public int layers() {
    return layers.size();
  }

  /**
   * The attention of a batch, layer by layer; one layer is in memory at a time.
   *
   * @param rows token ids of each row; shorter rows are padded and masked
   * @throws EngineException if the runtime refuses the batch
   */
  public void attention(List<int[]> rows, Consumer<AttentionLayer> layer) {
    int length = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    engine.run(
        TokenRows.whole(rows),
        layers,
        weights -> {
          int heads = weights.length / (rows.size() * length * length);
          layer.accept(new AttentionLayer(weights, rows.size(), heads, length));
        });
  }

  /**
   * Which tokens are special: those that stand nowhere in the text.
   *
   * @param starts for each token where it starts there; negative for special ones
   */
  public static boolean[] special(int[] starts) {
    boolean[] special = new boolean[starts.length];
    for (int i = 0; i < starts.length; i++) {
      special[i] = starts[i] < 0;
    }
    return special;
  }

  /**
   * Explains why a segment gets a label, without its maps.
   *
   * @param ids of the segment, special tokens included
   * @param special which of them are special
   * @param label index of the label in the package's order
   * @throws EngineException if the segment does not fit the package, or the runtime fails
   */
  public Explanation explain(int[] ids, boolean[] special, int label) {
    return explain(ids, special, label, ExplainLimits.withoutMaps()).tokens();
  }

  /**
   * Explains why a segment gets a label. The same segment and limits give the same numbers.
   *
   * @param ids of the segment, special tokens included
   * @param special which of them are special
   * @param label index of the label in the package's order
   * @throws EngineException if the segment does not fit the package, or the runtime fails
   */
  public SegmentExplanation explain(int[] ids, boolean[] special, int label, ExplainLimits limits) {
    if (special.length != ids.length) {
      throw new IllegalArgumentException(
          ids.length + " tokens, but " + special.length + " marks of special ones");
    }
    List<BitSet> parts = parts(special, Math.min(limits.parts(), ExplainLimits.MOST_PARTS));
    float[] occlusion = occlusion(ids, parts, label);
    Rollout rollout = new Rollout(ids.length);
    MapCollector maps = new MapCollector(layers.size(), ids.length, limits.mapBytes());
    List<float[][]> last = new ArrayList<>(1);
    attention(
        List.of(ids),
        layer -> {
          float[][] mean = layer.overHeads(0);
          rollout.through(mean);
          maps.add(layer, mean);
          last.clear();
          last.add(mean);
        });
    Explanation tokens =
        new Explanation(
            rollout.shares(model.pooling()), last.get(0)[0], occlusion, special.clone());
    return new SegmentExplanation(tokens, parts.size(), maps.maps());
  }

  private float[] occlusion(int[] ids, List<BitSet> parts, int label) {
    float whole = engine.probabilities(List.of(ids))[0][label];
    float[] effect = new float[ids.length];
    for (int from = 0; from < parts.size(); from += ROWS_A_CALL) {
      List<BitSet> masked = parts.subList(from, Math.min(parts.size(), from + ROWS_A_CALL));
      float[][] without = engine.probabilities(TokenRows.masked(ids, masked));
      for (int i = 0; i < masked.size(); i++) {
        float fall = whole - without[i][label];
        masked.get(i).stream().forEach(token -> effect[token] = fall);
      }
    }
    return effect;
  }

  /** Runs of neighbouring tokens, none special, as short as the limit allows. */
  private static List<BitSet> parts(boolean[] special, int most) {
    List<Integer> real = new ArrayList<>();
    for (int i = 0; i < special.length; i++) {
      if (!special[i]) {
        real.add(i);
      }
    }
    int size = Math.max(1, (real.size() + most - 1) / most);
    List<BitSet> parts = new ArrayList<>();
    for (int from = 0; from < real.size(); from += size) {
      BitSet part = new BitSet(special.length);
      real.subList(from, Math.min(real.size(), from + size)).forEach(part::set);
      parts.add(part);
    }
    return parts;
  }

  @Override
  public void close() {
    engine.close();
  }
}
