package io.headwater.trainer.tensor;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.graph.Operator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A forward pass that writes itself into an ONNX graph of operator set 17. One thread's. */
public final class GraphOps implements Ops<String> {
  private static final float EPSILON = 1e-5f;
  private static final float HIDDEN = -1e9f;

  private final GraphWriter graph;
  private final Weights weights;
  private final Set<String> written = new HashSet<>();
  private final Map<String, String> constants = new HashMap<>();
  private final BiConsumer<String, String> watcher;
  private int count;

  /** A machine that adds nodes to a graph, and the weights that they read. */
  public GraphOps(GraphWriter graph, Weights weights) {
    this(graph, weights, (name, tensor) -> {});
  }

  /**
   * A machine whose watched tensors somebody hears of.
   *
   * @param watcher gets what is watched, and the tensor's name in the graph
   */
  public GraphOps(GraphWriter graph, Weights weights, BiConsumer<String, String> watcher) {
    this.graph = graph;
    this.weights = weights;
    this.watcher = watcher;
  }

  /** The graph that is written. */
  public GraphWriter graph() {
    return graph;
  }

  @Override
  public String weight(String name) {
    if (written.add(name)) {
      Weights.Weight weight = weights.get(name);
      long[] shape = weight.spec().shape().stream().mapToLong(Integer::longValue).toArray();
      graph.floats(name, weight.values(), shape);
    }
    return name;
  }

  @Override
  public String constant(float[] values, long... shape) {
    String key = "floats " + Arrays.toString(values) + Arrays.toString(shape);
    return constants.computeIfAbsent(key, unused -> graph.floats(next("const"), values, shape));
  }

  private String longs(long... values) {
    return constants.computeIfAbsent(
        "longs " + Arrays.toString(values),
        unused -> graph.longs(next("const"), values, values.length));
  }

  @Override
  public String add(String x, String y) {
    return node(Operator.of("Add", x, y), "add");
  }

  @Override
  public String subtract(String x, String y) {
    return node(Operator.of("Sub", x, y), "sub");
  }

  @Override
  public String multiply(String x, String y) {
    return node(Operator.of("Mul", x, y), "mul");
  }

  @Override
  public String divide(String x, String y) {
    return node(Operator.of("Div", x, y), "div");
  }

  @Override
  public String matmul(String x, String y) {
    return node(Operator.of("MatMul", x, y), "product");
  }

  @Override
  public String softmax(String x) {
    return node(Operator.of("Softmax", x).with("axis", -1), "softmax");
  }

  @Override
  public String tanh(String x) {
    return node(Operator.of("Tanh", x), "tanh");
  }

  @Override
  public String relu(String x) {
    return node(Operator.of("Relu", x), "relu");
  }

  @Override
  public String gelu(String x) {
    // In this form ONNX Runtime melts it into one operator.
    String error = node(Operator.of("Erf", divide(x, number(Math.sqrt(2)))), "erf");
    return multiply(multiply(x, add(error, number(1))), number(0.5));
  }

  @Override
  public String norm(String x, String name) {
    return node(
        Operator.of("LayerNormalization", x, weight(name + ".gain"), weight(name + ".bias"))
            .with("axis", -1)
            .with("epsilon", EPSILON),
        "norm");
  }

  @Override
  public String rows(String table, String ids) {
    return node(Operator.of("Gather", table, ids), "rows");
  }

  @Override
  public String reshape(String x, long... shape) {
    return node(Operator.of("Reshape", x, longs(shape)), "reshape");
  }

  @Override
  public String transpose(String x, int... axes) {
    long[] order = Arrays.stream(axes).asLongStream().toArray();
    return node(Operator.of("Transpose", x).with("perm", order), "transpose");
  }

  @Override
  public String unsqueeze(String x, int axis) {
    return node(Operator.of("Unsqueeze", x, longs(axis)), "unsqueeze");
  }

  @Override
  public String slice(String x, int axis, long from, long to) {
    return node(Operator.of("Slice", x, longs(from), longs(to), longs(axis)), "slice");
  }

  @Override
  public String concat(int axis, List<String> parts) {
    return node(Operator.of("Concat", parts.toArray(String[]::new)).with("axis", axis), "concat");
  }

  @Override
  public String pad(String x, int axis, long before, long after, float value) {
    if (before == 0 && after == 0) {
      return x;
    }
    // Set 17 has no axes for Pad: it wants numbers for all of them.
    String shape = node(Operator.of("Shape", x), "shape");
    return padded(x, shape, axis, longs(before), longs(after), value);
  }

  private String padded(
      String x, String shape, int axis, String before, String after, float value) {
    String rank = node(Operator.of("Shape", shape), "rank");
    String zeros =
        node(
            Operator.of("ConstantOfShape", rank)
                .with(
                    "value",
                    TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.INT64_VALUE)
                        .addDims(1)
                        .addInt64Data(0)
                        .build()),
            "zeros");
    String at = axis < 0 ? node(Operator.of("Add", rank, longs(axis)), "at") : longs(axis);
    String begins = node(Operator.of("ScatterElements", zeros, at, before), "begins");
    String ends = node(Operator.of("ScatterElements", zeros, at, after), "ends");
    String pads = concat(0, List.of(begins, ends));
    return node(Operator.of("Pad", x, pads, scalar(value)), "pad");
  }

  private String scalar(float value) {
    return constants.computeIfAbsent(
        "scalar " + value, unused -> graph.floats(next("const"), new float[] {value}));
  }

  @Override
  public String padToMultiple(String x, int axis, long multiple, float value) {
    String shape = node(Operator.of("Shape", x), "shape");
    String size = node(Operator.of("Gather", shape, longs(axis)).with("axis", 0), "size");
    // With a positive divisor, ONNX's remainder is never negative.
    String missing =
        node(Operator.of("Mod", node(Operator.of("Neg", size), "neg"), longs(multiple)), "missing");
    return padded(x, shape, axis, longs(0), missing, value);
  }

  @Override
  public String cutLike(String x, int axis, String like) {
    String shape = node(Operator.of("Shape", like), "shape");
    String size = node(Operator.of("Gather", shape, longs(axis)).with("axis", 0), "size");
    return node(Operator.of("Slice", x, longs(0), size, longs(axis)), "cut");
  }

  @Override
  public String sum(String x, int axis) {
    return node(Operator.of("ReduceSum", x, longs(axis)).with("keepdims", 1), "sum");
  }

  @Override
  public String max(String x, int axis) {
    return node(
        Operator.of("ReduceMax", x).with("axes", new long[] {axis}).with("keepdims", 1), "max");
  }

  @Override
  public String causalBias(String queries, String keys) {
    String square = concat(0, List.of(length(queries), length(keys)));
    String hidden = node(Operator.of("Expand", scalar(HIDDEN), square), "hidden");
    String above = constants.computeIfAbsent("above", unused -> above());
    return node(Operator.of("Trilu", hidden, above).with("upper", 1), "causal");
  }

  private String above() {
    return graph.longs(next("const"), new long[] {1});
  }

  private String length(String x) {
    return node(Operator.of("Shape", x).with("start", 1).with("end", 2), "length");
  }

  @Override
  public String runningSum(String x) {
    // A plain sum adds up in another order when the batch has one row.
    String running = node(Operator.of("CumSum", x, scalarLong(1)), "running");
    return node(Operator.of("Gather", running, scalarLong(-1)).with("axis", 1), "total");
  }

  private String scalarLong(long value) {
    return constants.computeIfAbsent(
        "scalar long " + value, unused -> graph.longs(next("const"), new long[] {value}));
  }

  @Override
  public String rowwise(String x, UnaryOperator<String> layers) {
    // One row alone would take another kernel than several, which adds up in another order: the
    // rows go through twice, so there are always two.
    String done = layers.apply(concat(0, List.of(x, x)));
    return cutLike(done, 0, x);
  }

  @Override
  public String dropout(String x, float rate) {
    return x;
  }

  @Override
  public String watched(String name, String x) {
    watcher.accept(name, x);
    return x;
  }

  private String node(Operator operator, String kind) {
    return graph.node(next(kind), operator);
  }

  private String next(String kind) {
    count++;
    return kind + "_" + count;
  }
}
