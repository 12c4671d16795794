package io.headwater.trainer.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.pretrained.Step.Action;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The ONNX operators that encoders of the BERT family are made of, in PyTorch. As the specification
 * of ONNX has them in sets 11 to 17: axes are attributes or inputs.
 */
final class Operators {

  private static final Map<String, Function<NodeProto, Action>> KNOWN = new HashMap<>();

  static {
    binary("Add", NDArray::add);
    binary("Sub", NDArray::sub);
    binary("Mul", NDArray::mul);
    binary("Div", NDArray::div);
    binary("Pow", NDArray::pow);
    binary("MatMul", NDArray::matMul);
    unary("Sqrt", NDArray::sqrt);
    unary("Erf", NDArray::erf);
    unary("Relu", Activation::relu);
    unary("Tanh", Activation::tanh);
    unary("Identity", x -> x);
    KNOWN.put("Shape", node -> (run, in) -> run.longs(in.get(0).getShape().getShape()));
    KNOWN.put("Cast", Operators::cast);
    KNOWN.put("Concat", Operators::concat);
    KNOWN.put("Gather", Operators::gather);
    KNOWN.put("Slice", node -> (run, in) -> slice(in));
    KNOWN.put("Reshape", node -> (run, in) -> reshape(in.get(0), in.get(1).toLongArray()));
    KNOWN.put("Transpose", Operators::transpose);
    KNOWN.put("Unsqueeze", Operators::unsqueeze);
    KNOWN.put("ReduceMean", node -> reduce(node, (x, axes, keep) -> x.mean(axes, keep)));
    KNOWN.put("ReduceSum", node -> reduce(node, (x, axes, keep) -> x.sum(axes, keep)));
    KNOWN.put("CumSum", node -> (run, in) -> in.get(0).cumSum((int) whole(in.get(1))));
    KNOWN.put("Softmax", Operators::softmax);
    KNOWN.put("LayerNormalization", Operators::norm);
  }

  /** Sums over axes, or means. */
  private interface Reduction {
    NDArray apply(NDArray x, int[] axes, boolean keep);
  }

  private Operators() {}

  /** The operators of a graph that are not known here. */
  static Set<String> unknown(List<NodeProto> nodes) {
    Set<String> unknown = new TreeSet<>();
    for (NodeProto node : nodes) {
      if (!KNOWN.containsKey(node.getOpType()) && !node.getOpType().equals("Constant")) {
        unknown.add(node.getOpType());
      }
    }
    return unknown;
  }

  /** What a node does. */
  static Action of(NodeProto node) {
    Function<NodeProto, Action> known = KNOWN.get(node.getOpType());
    if (known == null) {
      throw new IllegalArgumentException("operator " + node.getOpType() + " is not known");
    }
    return known.apply(node);
  }

  /** Several normalisation operators as one. Inputs: x, gain, bias. */
  static Action norm(float epsilon) {
    return (run, in) ->
        LayerNorm.layerNorm(in.get(0), in.get(1).getShape(), in.get(1), in.get(2), epsilon)
            .singletonOrThrow();
  }

  private static Action norm(NodeProto node) {
    float epsilon = Attributes.fraction(node, "epsilon", 1e-5f);
    return norm(epsilon);
  }

  private static void binary(String name, BinaryOperator<NDArray> operator) {
    KNOWN.put(name, node -> (run, in) -> operator.apply(in.get(0), in.get(1)));
  }

  private static void unary(String name, UnaryOperator<NDArray> operator) {
    KNOWN.put(name, node -> (run, in) -> operator.apply(in.get(0)));
  }

  private static Action cast(NodeProto node) {
    int to = (int) Attributes.whole(node, "to", TensorProto.DataType.FLOAT_VALUE);
    DataType type =
        switch (to) {
          case TensorProto.DataType.FLOAT_VALUE -> DataType.FLOAT32;
          case TensorProto.DataType.INT64_VALUE -> DataType.INT64;
          case TensorProto.DataType.INT32_VALUE -> DataType.INT32;
          case TensorProto.DataType.BOOL_VALUE -> DataType.BOOLEAN;
          default ->
              throw new IllegalArgumentException(
                  "node %s casts to type %d, which is not known".formatted(node.getName(), to));
        };
    return (run, in) -> in.get(0).toType(type, false);
  }

  private static Action concat(NodeProto node) {
    int axis = (int) Attributes.whole(node, "axis", 0);
    return (run, in) -> NDArrays.concat(new NDList(in), axis(in.get(0), axis));
  }

  private static Action gather(NodeProto node) {
    int axis = (int) Attributes.whole(node, "axis", 0);
    return (run, in) -> {
      NDArray data = in.get(0);
      NDArray ids = in.get(1);
      boolean table =
          axis == 0 && data.getDataType() == DataType.FLOAT32 && data.getShape().dimension() == 2;
      if (table && ids.getShape().dimension() > 0) {
        return Embedding.embedding(ids, data, SparseFormat.DENSE).singletonOrThrow();
      }
      int at = axis(data, axis);
      long size = data.getShape().get(at);
      NDList parts = new NDList();
      for (long id : ids.toLongArray()) {
        long place = id < 0 ? size + id : id;
        parts.add(part(data, at, place, place + 1));
      }
      NDArray joined = parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, at);
      return ids.getShape().dimension() == 0 ? joined.squeeze(at) : joined;
    };
  }

  private static NDArray slice(List<NDArray> in) {
    NDArray x = in.get(0);
    long[] starts = in.get(1).toLongArray();
    long[] ends = in.get(2).toLongArray();
    long[] axes = in.size() > 3 ? in.get(3).toLongArray() : range(starts.length);
    if (in.size() > 4 && Arrays.stream(in.get(4).toLongArray()).anyMatch(step -> step != 1)) {
      throw new IllegalArgumentException("slices with steps other than 1 are not known");
    }
    for (int i = 0; i < axes.length; i++) {
      int at = axis(x, (int) axes[i]);
      long size = x.getShape().get(at);
      long from = Math.min(starts[i] < 0 ? size + starts[i] : starts[i], size);
      long to = Math.min(ends[i] < 0 ? size + ends[i] : ends[i], size);
      x = part(x, at, from, to);
    }
    return x;
  }

  private static NDArray part(NDArray x, int axis, long from, long to) {
    return x.get(":,".repeat(axis) + from + ":" + to);
  }

  private static NDArray reshape(NDArray x, long[] shape) {
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == 0) {
        shape[axis] = x.getShape().get(axis);
      }
    }
    return x.reshape(new Shape(shape));
  }

  private static Action transpose(NodeProto node) {
    int[] order =
        Arrays.stream(Attributes.wholes(node, "perm")).mapToInt(Math::toIntExact).toArray();
    return (run, in) -> order.length == 0 ? in.get(0).transpose() : in.get(0).transpose(order);
  }

  private static Action unsqueeze(NodeProto node) {
    long[] fixed = Attributes.wholes(node, "axes");
    return (run, in) -> {
      NDArray x = in.get(0);
      long[] axes = fixed.length > 0 ? fixed : in.get(1).toLongArray();
      int rank = x.getShape().dimension() + axes.length;
      int[] sorted =
          Arrays.stream(axes).mapToInt(a -> (int) (a < 0 ? rank + a : a)).sorted().toArray();
      for (int axis : sorted) {
        x = x.expandDims(axis);
      }
      return x;
    };
  }

  private static Action reduce(NodeProto node, Reduction reduction) {
    long[] fixed = Attributes.wholes(node, "axes");
    boolean keep = Attributes.whole(node, "keepdims", 1) == 1;
    return (run, in) -> {
      NDArray x = in.get(0);
      long[] axes = fixed.length > 0 ? fixed : in.get(1).toLongArray();
      return reduction.apply(
          x, Arrays.stream(axes).mapToInt(a -> axis(x, (int) a)).toArray(), keep);
    };
  }

  private static Action softmax(NodeProto node) {
    int axis = (int) Attributes.whole(node, "axis", -1);
    return (run, in) -> {
      NDArray x = in.get(0);
      if (axis(x, axis) != x.getShape().dimension() - 1) {
        throw new IllegalArgumentException(
            "node %s takes a softmax over axis %d, not over the last"
                .formatted(node.getName(), axis));
      }
      return x.softmax(-1);
    };
  }

  private static long whole(NDArray x) {
    return x.toLongArray()[0];
  }

  private static int axis(NDArray x, int axis) {
    return axis < 0 ? x.getShape().dimension() + axis : axis;
  }

  private static long[] range(int size) {
    long[] range = new long[size];
    Arrays.setAll(range, i -> i);
    return range;
  }
}
