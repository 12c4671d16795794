package io.headwater.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A forward pass in PyTorch: what it computes can be differentiated. Belongs to one thread. */
public final class TorchOps implements Ops<NDArray> {
  private static final float EPSILON = 1e-5f;
  private static final float HIDDEN = -1e9f;

  private final Map<String, NDArray> weights;
  private final NDManager manager;
  private final boolean training;
  private final BiConsumer<String, NDArray> watcher;

  /**
   * A machine over weights.
   *
   * @param weights by name; they stay their owner's
   * @param manager owns the constants and what is computed
   * @param training whether dropout silences anything
   */
  public TorchOps(Map<String, NDArray> weights, NDManager manager, boolean training) {
    this(weights, manager, training, (name, array) -> {});
  }

  /**
   * A machine whose watched tensors somebody sees.
   *
   * @param watcher is called on the calling thread while the pass runs
   */
  public TorchOps(
      Map<String, NDArray> weights,
      NDManager manager,
      boolean training,
      BiConsumer<String, NDArray> watcher) {
    this.weights = weights;
    this.manager = manager;
    this.training = training;
    this.watcher = watcher;
  }

  @Override
  public NDArray weight(String name) {
    NDArray weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("the network has no weight called " + name);
    }
    return weight;
  }

  @Override
  public NDArray constant(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  @Override
  public NDArray add(NDArray x, NDArray y) {
    return own(x.add(y));
  }

  @Override
  public NDArray subtract(NDArray x, NDArray y) {
    return own(x.sub(y));
  }

  @Override
  public NDArray multiply(NDArray x, NDArray y) {
    return own(x.mul(y));
  }

  @Override
  public NDArray divide(NDArray x, NDArray y) {
    return own(x.div(y));
  }

  @Override
  public NDArray matmul(NDArray x, NDArray y) {
    return own(x.matMul(y));
  }

  @Override
  public NDArray softmax(NDArray x) {
    return x.softmax(-1);
  }

  @Override
  public NDArray tanh(NDArray x) {
    return Activation.tanh(x);
  }

  @Override
  public NDArray relu(NDArray x) {
    return Activation.relu(x);
  }

  @Override
  public NDArray gelu(NDArray x) {
    return Activation.gelu(x);
  }

  @Override
  public NDArray norm(NDArray x, String name) {
    NDArray gain = weight(name + ".gain");
    return LayerNorm.layerNorm(x, gain.getShape(), gain, weight(name + ".bias"), EPSILON)
        .singletonOrThrow();
  }

  @Override
  public NDArray rows(NDArray table, NDArray ids) {
    return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
  }

  @Override
  public NDArray reshape(NDArray x, long... shape) {
    long[] sizes = shape.clone();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == 0) {
        sizes[axis] = x.getShape().get(axis);
      }
    }
    return own(x.reshape(sizes));
  }

  @Override
  public NDArray transpose(NDArray x, int... axes) {
    return own(x.transpose(axes));
  }

  @Override
  public NDArray unsqueeze(NDArray x, int axis) {
    return own(x.expandDims(axis));
  }

  @Override
  public NDArray slice(NDArray x, int axis, long from, long to) {
    int at = axis(x, axis);
    long size = x.getShape().get(at);
    long begin = from < 0 ? size + from : from;
    long end = to < 0 ? size + to : Math.min(to, size);
    String index = ":,".repeat(at) + begin + ":" + end;
    return own(x.get(index));
  }

  @Override
  public NDArray concat(int axis, List<NDArray> parts) {
    return own(NDArrays.concat(new NDList(parts), axis(parts.get(0), axis)));
  }

  @Override
  public NDArray pad(NDArray x, int axis, long before, long after, float value) {
    int at = axis(x, axis);
    NDList parts = new NDList();
    if (before > 0) {
      parts.add(filled(x, at, before, value));
    }
    parts.add(x);
    if (after > 0) {
      parts.add(filled(x, at, after, value));
    }
    return parts.size() == 1 ? x : NDArrays.concat(parts, at);
  }

  private NDArray filled(NDArray x, int axis, long size, float value) {
    long[] shape = x.getShape().getShape().clone();
    shape[axis] = size;
    return x.getManager().full(new Shape(shape), value, x.getDataType());
  }

  @Override
  public NDArray padToMultiple(NDArray x, int axis, long multiple, float value) {
    long size = x.getShape().get(axis(x, axis));
    return pad(x, axis, 0, Math.floorMod(-size, multiple), value);
  }

  @Override
  public NDArray cutLike(NDArray x, int axis, NDArray like) {
    return slice(x, axis, 0, like.getShape().get(axis(like, axis)));
  }

  @Override
  public NDArray sum(NDArray x, int axis) {
    return x.sum(new int[] {axis(x, axis)}, true);
  }

  @Override
  public NDArray max(NDArray x, int axis) {
    return x.max(new int[] {axis(x, axis)}, true);
  }

  @Override
  public NDArray causalBias(NDArray queries, NDArray keys) {
    int rows = Math.toIntExact(queries.getShape().get(1));
    int columns = Math.toIntExact(keys.getShape().get(1));
    float[] bias = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = row + 1; column < columns; column++) {
        bias[row * columns + column] = HIDDEN;
      }
    }
    return manager.create(bias, new Shape(rows, columns));
  }

  @Override
  public NDArray runningSum(NDArray x) {
    return x.sum(new int[] {1});
  }

  @Override
  public NDArray rowwise(NDArray x, UnaryOperator<NDArray> layers) {
    return layers.apply(x);
  }

  @Override
  public NDArray dropout(NDArray x, float rate) {
    return training && rate > 0 ? Dropout.dropout(x, rate, true).singletonOrThrow() : x;
  }

  @Override
  public NDArray watched(String name, NDArray x) {
    watcher.accept(name, x);
    return x;
  }

  /** Ids as an array. */
  public NDArray ids(long[] values, long... shape) {
    return manager.create(values, new Shape(shape)).toType(DataType.INT64, false);
  }

  /** DJL gives what is computed to the manager of its first part, and that may be a weight. */
  private NDArray own(NDArray made) {
    made.attach(manager);
    return made;
  }

  private static int axis(NDArray x, int axis) {
    return axis < 0 ? x.getShape().dimension() + axis : axis;
  }
}
