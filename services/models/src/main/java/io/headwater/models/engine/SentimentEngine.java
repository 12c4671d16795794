package io.headwater.models.engine;

import ai.onnxruntime.OrtEnvironment;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gives the probability of each sentiment for batches of segments.
 *
 * <p>Any number of threads may ask for {@link #probabilities} at once; whoever calls {@link #close}
 * sees to it that none does. With the package that ships, a row's probabilities are the same bits
 * whatever else is in its batch and however far the batch is padded.
 */
public final class SentimentEngine implements AutoCloseable {

  private static final String PROBABILITIES = "probabilities";
  private static final String LOGITS = "logits";

  private final ModelPackage model;
  private final TokenGraph graph;
  private final Optional<String> whyNotPreferred;
  private final String output;

  private SentimentEngine(ModelPackage model, TokenGraph graph, Optional<String> whyNotPreferred) {
    this.model = model;
    this.graph = graph;
    this.whyNotPreferred = whyNotPreferred;
    this.output = requireOutput();
  }

  /**
   * Loads a package's graph, checks that it fits the package, and runs it once on its longest
   * segment.
   *
   * @throws EngineUnavailableException if CUDA was asked for and cannot be had
   * @throws InvalidModelPackageException if graph and package do not fit; the line lists what the
   *     graph has
   */
  public static SentimentEngine open(ModelPackage model, EngineOptions options) {
    return open(
        model,
        () -> TokenGraph.open(model.graphFile(), options.fitting(model)),
        options.whyNotPreferred(model));
  }

  /**
   * As {@link #open(ModelPackage, EngineOptions)}, over a package's graph that is loaded in another
   * way, such as with further outputs.
   *
   * @param loader loads it, once; the engine closes it
   */
  public static SentimentEngine open(ModelPackage model, Supplier<TokenGraph> loader) {
    return open(model, loader, Optional.empty());
  }

  private static SentimentEngine open(
      ModelPackage model, Supplier<TokenGraph> loader, Optional<String> whyNotPreferred) {
    if (!model.task().equals("sentiment")) {
      throw new InvalidModelPackageException(
          model.folder(), "its task is " + model.task() + ", but a sentiment model is needed");
    }
    TokenGraph graph;
    try {
      graph = loader.get();
    } catch (EngineUnavailableException e) {
      throw e;
    } catch (EngineException e) {
      throw new InvalidModelPackageException(model.folder(), String.valueOf(e.getMessage()), e);
    }
    try {
      SentimentEngine engine = new SentimentEngine(model, graph, whyNotPreferred);
      engine.probe();
      return engine;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** Where the graph runs: {@link ExecutionProvider#CPU} or {@link ExecutionProvider#CUDA}. */
  public ExecutionProvider provider() {
    return graph.provider();
  }

  /** How many calls at once use all that the engine may use; more of them would only wait. */
  public int calls() {
    return graph.calls();
  }

  /** Why the graph runs on the CPU although CUDA was preferred. */
  public Optional<String> fallbackReason() {
    return whyNotPreferred.or(graph::fallbackReason);
  }

  /** Name and version of what runs the graph; part of a result's provenance. */
  public String runtimeVersion() {
    return "onnxruntime " + OrtEnvironment.getEnvironment().getVersion();
  }

  /** One more than the largest token id that {@link #probabilities} takes. */
  public int vocabularySize() {
    return model.vocabularySize();
  }

  /**
   * Scores a batch of segments.
   *
   * @param tokenIds for each segment its ids, special tokens included, at most the package's {@code
   *     maxTokens}; segments of near-equal length waste the least
   * @return {@code [batch][labels]}, labels in the package's order; each row sums to one
   * @throws EngineException if a segment is empty, too long or of another vocabulary, or the
   *     runtime fails
   */
  public float[][] probabilities(List<int[]> tokenIds) {
    tokenIds.forEach(this::requireFit);
    return tokenIds.isEmpty() ? new float[0][] : scored(TokenRows.whole(tokenIds));
  }

  /**
   * Scores a batch of segments, some of whose tokens may be masked.
   *
   * @return {@code [batch][labels]}, labels in the package's order; each row sums to one
   * @throws EngineException if a segment is too long or of another vocabulary, or the runtime fails
   */
  public float[][] probabilities(TokenRows segments) {
    segments.ids().forEach(this::requireFit);
    return scored(segments);
  }

  /**
   * Runs the graph for other outputs than its probabilities.
   *
   * @param outputs names of float outputs
   * @param output takes each, flattened, in the order of the names
   * @throws EngineException if the runtime refuses the batch
   */
  public void run(TokenRows segments, List<String> outputs, Consumer<float[]> output) {
    graph.run(segments, model.padId(), outputs, output);
  }

  private float[][] scored(TokenRows segments) {
    List<float[]> only = new ArrayList<>(1);
    graph.run(segments, model.padId(), List.of(output), only::add);
    float[] flat = only.get(0);
    int count = segments.ids().size();
    int labels = model.labels().size();
    if (flat.length != count * labels) {
      throw new EngineException(
          "the graph gave " + flat.length + " values for " + count + " segments");
    }
    float[][] rows = new float[count][];
    for (int row = 0; row < rows.length; row++) {
      float[] values = Arrays.copyOfRange(flat, row * labels, (row + 1) * labels);
      rows[row] = output.equals(LOGITS) ? softmax(values) : values;
    }
    return rows;
  }

  @Override
  public void close() {
    graph.close();
  }

  private void requireFit(int[] segment) {
    if (segment.length == 0 || segment.length > model.maxTokens()) {
      throw new EngineException(
          "a segment has " + segment.length + " tokens; the model takes 1 to " + model.maxTokens());
    }
    for (int id : segment) {
      if (id < 0 || id >= model.vocabularySize()) {
        throw new EngineException(
            "token id " + id + " is outside the vocabulary of " + model.vocabularySize());
      }
    }
  }

  private String requireOutput() {
    Map<String, long[]> outputs = graph.outputs();
    for (String name : List.of(PROBABILITIES, LOGITS)) {
      long[] shape = outputs.get(name);
      if (shape == null) {
        continue;
      }
      long last = shape.length == 2 ? shape[1] : 0;
      if (last == model.labels().size() || last == -1) {
        return name;
      }
      throw new InvalidModelPackageException(
          model.folder(),
          "output "
              + name
              + " of the graph has the shape "
              + Arrays.toString(shape)
              + ", but the labels are "
              + model.labels());
    }
    throw new InvalidModelPackageException(
        model.folder(),
        "the graph has the float outputs "
            + described(outputs)
            + "; needed is probabilities or logits");
  }

  /** Finds out before any record is taken whether the graph knows every id and every position. */
  private void probe() {
    int[] longest = new int[model.maxTokens()];
    Arrays.fill(longest, model.vocabularySize() - 1);
    try {
      probabilities(List.of(longest));
    } catch (EngineException e) {
      throw new InvalidModelPackageException(
          model.folder(),
          "the graph does not take "
              + model.maxTokens()
              + " tokens of the tokenizer's vocabulary of "
              + model.vocabularySize()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static List<String> described(Map<String, long[]> outputs) {
    List<String> described = new ArrayList<>();
    outputs.forEach((name, shape) -> described.add(name + Arrays.toString(shape)));
    described.sort(null);
    return described;
  }

  private static float[] softmax(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    double[] weights = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      // StrictMath gives the same bits on every machine; Math.exp may not.
      weights[i] = StrictMath.exp(logits[i] - largest);
      sum += weights[i];
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (weights[i] / sum);
    }
    return probabilities;
  }
}
