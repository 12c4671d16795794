package io.headwater.models.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * An ONNX graph that reads batches of token ids: inputs {@code input_ids}, {@code attention_mask}
 * and maybe {@code token_type_ids}, each int64 {@code [batch, length]}.
 *
 * <p>Any number of threads may call {@link #run} at once; whoever calls {@link #close} sees to it
 * that none does.
 */
public final class TokenGraph implements AutoCloseable {

  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final Set<String> KNOWN_INPUTS = Set.of(IDS, MASK, TYPES);

  private final SessionOpener.Opened opened;
  private final Set<String> inputs;
  private final Map<String, long[]> outputs;
  private final int calls;
  private final Queue<TokenBuffers> spare = new ConcurrentLinkedQueue<>();

  private TokenGraph(SessionOpener.Opened opened, EngineOptions options) throws OrtException {
    this.opened = opened;
    boolean onCpu = opened.provider() == ExecutionProvider.CPU;
    this.calls = onCpu && options.sideBySide() ? options.threadsHere() : 1;
    this.inputs = opened.session().getInputNames();
    this.outputs = shapes(opened.session().getOutputInfo());
  }

  /**
   * Loads a graph; takes seconds for a large one.
   *
   * @throws EngineUnavailableException if the execution provider cannot be had
   * @throws EngineException if the file holds no graph of this kind; the line lists what it has
   */
  public static TokenGraph open(Path file, EngineOptions options) {
    return open(file.toString(), SessionOpener.open(file, options), options);
  }

  /**
   * Opens a graph that was built in memory.
   *
   * @param name what errors call it
   * @param graph an ONNX model
   * @throws EngineUnavailableException if the execution provider cannot be had
   * @throws EngineException if it is no graph of this kind; the line lists what it has
   */
  public static TokenGraph open(String name, byte[] graph, EngineOptions options) {
    return open(name, SessionOpener.open(name, graph, options), options);
  }

  private static TokenGraph open(String name, SessionOpener.Opened opened, EngineOptions options) {
    try {
      TokenGraph graph = new TokenGraph(opened, options);
      graph.requireInputs();
      return graph;
    } catch (OrtException | RuntimeException e) {
      try {
        opened.session().close();
      } catch (OrtException closing) {
        e.addSuppressed(closing);
      }
      throw e instanceof EngineException known
          ? known
          : new EngineException("cannot inspect " + name + ": " + e.getMessage(), e);
    }
  }

  /** Where the graph runs: {@link ExecutionProvider#CPU} or {@link ExecutionProvider#CUDA}. */
  public ExecutionProvider provider() {
    return opened.provider();
  }

  /** Why the graph runs on the CPU although CUDA was preferred. */
  public Optional<String> fallbackReason() {
    return opened.fallbackReason();
  }

  /** How many calls at once use all that the graph may use; more of them would only wait. */
  public int calls() {
    return calls;
  }

  /** The shapes of the float outputs by name; -1 for a dimension that varies. */
  public Map<String, long[]> outputs() {
    return Map.copyOf(outputs);
  }

  /**
   * Runs one batch, padded to its longest row.
   *
   * @param rows token ids of each row, special tokens included; at least one row, none empty
   * @param padId fills the shorter rows; hidden from the model by the attention mask
   * @param wanted names of float outputs
   * @return each wanted output, flattened, in the order of the names
   * @throws EngineException if the runtime refuses the batch
   */
  public List<float[]> run(List<int[]> rows, int padId, List<String> wanted) {
    List<float[]> copies = new ArrayList<>(wanted.size());
    run(TokenRows.whole(rows), padId, wanted, copies::add);
    return copies;
  }

  /**
   * Runs one batch, padded to its longest row, of which tokens may be masked.
   *
   * @param padId fills the shorter rows; hidden from the model by the attention mask
   * @param wanted names of float outputs
   * @param output takes each wanted output, flattened, in the order of the names; one is copied
   *     from native memory at a time
   * @throws EngineException if the runtime refuses the batch
   */
  public void run(TokenRows rows, int padId, List<String> wanted, Consumer<float[]> output) {
    TokenBuffers known = spare.poll();
    TokenBuffers buffers = known == null ? new TokenBuffers() : known;
    try {
      buffers.fill(rows, padId);
      run(buffers, wanted, output);
    } finally {
      spare.add(buffers);
    }
  }

  private void run(TokenBuffers buffers, List<String> wanted, Consumer<float[]> output) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (String input : inputs) {
        tensors.put(
            input,
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                switch (input) {
                  case IDS -> buffers.ids();
                  case MASK -> buffers.mask();
                  default -> buffers.types();
                },
                buffers.shape()));
      }
      try (OrtSession.Result result = opened.session().run(tensors, new LinkedHashSet<>(wanted))) {
        for (String name : wanted) {
          output.accept(copied((OnnxTensor) result.get(name).orElseThrow()));
        }
      }
    } catch (OrtException e) {
      throw new EngineException("the runtime refused a batch: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] copied(OnnxTensor tensor) {
    FloatBuffer values = tensor.getFloatBuffer();
    float[] copy = new float[values.remaining()];
    values.get(copy);
    return copy;
  }

  private void requireInputs() {
    if (!inputs.contains(IDS) || !inputs.contains(MASK) || !KNOWN_INPUTS.containsAll(inputs)) {
      throw new EngineException(
          "the graph has the inputs "
              + inputs
              + "; needed are input_ids and attention_mask, and token_type_ids may be there");
    }
  }

  private static Map<String, long[]> shapes(Map<String, NodeInfo> nodes) {
    Map<String, long[]> shapes = new TreeMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo tensor
              && tensor.type == ai.onnxruntime.OnnxJavaType.FLOAT) {
            shapes.put(name, tensor.getShape());
          }
        });
    return shapes;
  }

  @Override
  public void close() {
    try {
      opened.session().close();
    } catch (OrtException e) {
      throw new EngineException("cannot close a session: " + e.getMessage(), e);
    }
  }
}
