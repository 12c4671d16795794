package io.headwater.trainer.pretrained;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.Floats;
import io.headwater.trainer.graph.GraphSplice;
import io.headwater.trainer.graph.HeadGraph;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.SentimentHead;
import io.headwater.trainer.graph.TemperatureGraph;
import io.headwater.trainer.network.LayerName;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.WeightSpec.Kind;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.tensor.Weights.Weight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A sentiment model that begins as an ONNX graph: its weights are read into PyTorch, all of them
 * are trained, and the same graph is written again with other numbers in it. So whatever runs the
 * graph runs the trained one, and before training both give the same numbers.
 */
public final class PretrainedClassifier implements TrainableClassifier {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  /** What is silenced while training, and what stays as it is. */
  public record Options(float attentionDropout, float residualDropout, Set<Kind> frozen) {
    /** Copies the set. */
    public Options {
      frozen = Set.copyOf(frozen);
    }

    /** Dropout of a tenth, as BERT was trained with, and the embeddings as they are. */
    public static Options usual() {
      return new Options(0.1f, 0.1f, Set.of(Kind.EMBEDDING));
    }
  }

  private final ModelProto model;
  private final Options options;
  private final Map<String, WeightSpec> weights;
  private final GraphProgram program;
  private final String logits;
  private final GraphIndex index;

  private PretrainedClassifier(ModelProto model, Options options) {
    this.model = model;
    this.options = options;
    this.logits = logits(model.getGraph());
    this.index = new GraphIndex(model.getGraph());
    this.weights = specs(model.getGraph());
    this.program = new GraphProgram(model.getGraph(), logits, weights.keySet());
  }

  /**
   * Reads a graph: a whole sentiment model, whose output {@code probabilities} is a softmax over
   * three labels; or an encoder of width 384 with {@code last_hidden_state}, on which a fresh head
   * is put.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such graph, or has operators not known here
   */
  public static PretrainedClassifier open(Path graph, Options options) throws IOException {
    return of(OnnxFile.read(graph), options);
  }

  /** The same for a graph in memory. */
  public static PretrainedClassifier of(ModelProto model, Options options) {
    boolean whole =
        model.getGraph().getOutputList().stream()
            .anyMatch(output -> output.getName().equals(HeadGraph.PROBABILITIES));
    ModelProto complete =
        whole ? model : GraphSplice.attach(model, HeadGraph.probabilities(SentimentHead.fresh(1)));
    return new PretrainedClassifier(complete, options);
  }

  @Override
  public Weights initial(long seed) {
    Map<String, Weight> initial = new LinkedHashMap<>();
    for (TensorProto constant : model.getGraph().getInitializerList()) {
      WeightSpec spec = weights.get(constant.getName());
      if (spec != null) {
        initial.put(spec.name(), new Weight(spec, Floats.of(constant)));
      }
    }
    return new Weights(initial);
  }

  @Override
  public boolean trains(String weight) {
    WeightSpec spec = weights.get(weight);
    return spec != null && !options.frozen().contains(spec.kind());
  }

  /** Exporters name a matrix by its number, but the node that reads it by its place. */
  @Override
  public String layer(String weight) {
    String layer = LayerName.of(weight);
    return LayerName.isNumbered(layer)
        ? layer
        : index.readers(weight).stream()
            .map(node -> LayerName.of(node.getName().replaceFirst("^/", "").replace('/', '.')))
            .filter(LayerName::isNumbered)
            .findFirst()
            .orElse(layer);
  }

  @Override
  public NDArray logits(TorchOps ops, Tokens<NDArray> batch) {
    Map<String, NDArray> inputs = new HashMap<>();
    weights.keySet().forEach(name -> inputs.put(name, ops.weight(name)));
    inputs.put(IDS, batch.ids());
    inputs.put(MASK, batch.keep());
    inputs.put(TYPES, batch.ids().zerosLike());
    NDArray all =
        program.run(
            new Run(
                ops,
                batch.ids().getManager(),
                options.attentionDropout(),
                options.residualDropout()),
            inputs);
    // A head of ours sends its rows through twice.
    return all.get("0:" + batch.ids().getShape().get(0));
  }

  @Override
  public ModelProto export(Weights trained, float temperature) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto constant = graph.getInitializer(i);
      if (weights.containsKey(constant.getName())) {
        graph.setInitializer(i, Floats.replace(constant, trained.get(constant.getName()).values()));
      }
    }
    ModelProto exported = model.toBuilder().setGraph(graph).build();
    return temperature == 1 ? exported : TemperatureGraph.of(exported, temperature);
  }

  private static String logits(GraphProto graph) {
    GraphIndex index = new GraphIndex(graph);
    String tensor = HeadGraph.PROBABILITIES;
    for (String handsOn : List.of("Identity", "Slice")) {
      Optional<NodeProto> node = index.maker(tensor, handsOn);
      if (node.isPresent()) {
        tensor = node.get().getInput(0);
      }
    }
    NodeProto softmax =
        index
            .maker(tensor, "Softmax")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the output \"probabilities\" of the graph is no softmax"));
    return softmax.getInput(0);
  }

  /** Float constants that have dimensions, by name, in the graph's order. */
  private static Map<String, WeightSpec> specs(GraphProto graph) {
    GraphIndex index = new GraphIndex(graph);
    Map<String, WeightSpec> specs = new TreeMap<>();
    for (TensorProto constant : graph.getInitializerList()) {
      boolean floats = constant.getDataType() == TensorProto.DataType.FLOAT_VALUE;
      if (floats && constant.getDimsCount() > 0) {
        int[] shape = constant.getDimsList().stream().mapToInt(Long::intValue).toArray();
        String name = constant.getName();
        specs.put(name, WeightSpec.of(name, kind(index, name, shape), shape));
      }
    }
    return specs;
  }

  private static Kind kind(GraphIndex index, String name, int... shape) {
    List<NodeProto> readers = index.readers(name);
    if (readers.stream().anyMatch(node -> node.getOpType().equals("Gather"))) {
      return Kind.EMBEDDING;
    }
    if (shape.length > 1) {
      return Kind.MATRIX;
    }
    return readers.stream().anyMatch(node -> node.getOpType().equals("Mul"))
        ? Kind.GAIN
        : Kind.BIAS;
  }
}
