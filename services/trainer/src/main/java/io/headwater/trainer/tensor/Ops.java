package io.headwater.trainer.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The operations that a forward pass is written with. One text runs in PyTorch, where it learns
 * ({@link TorchOps}), and writes itself as an ONNX graph ({@link GraphOps}), so an export cannot
 * differ from what was trained.
 *
 * <p>Sizes that vary (rows, tokens) are never read: shapes are fixed numbers, 0 for "as in the
 * input, at this place", or -1 for "what is left". Axes may be negative, from the end. Belongs to
 * one thread.
 *
 * @param <T> a tensor: an array, or a name in the graph
 */
public interface Ops<T> {

  /** A trained weight by its name. */
  T weight(String name);

  /** Constant floats. */
  T constant(float[] values, long... shape);

  /** One constant number, of shape {@code [1]}. */
  default T number(double value) {
    return constant(new float[] {(float) value}, 1);
  }

  /** The sum, shapes stretched to each other as in NumPy. */
  T add(T x, T y);

  /** The difference, stretched likewise. */
  T subtract(T x, T y);

  /** The product of numbers, stretched likewise. */
  T multiply(T x, T y);

  /** The quotient, stretched likewise. */
  T divide(T x, T y);

  /** The product of matrices in the last two axes; the axes before them are stretched. */
  T matmul(T x, T y);

  /**
   * {@code xW + b}.
   *
   * @param x {@code [..., in]}
   * @param name of the layer: weights {@code name.weight}, {@code [in, out]}, and {@code
   *     name.bias}, {@code [out]}
   */
  default T linear(T x, String name) {
    return add(matmul(x, weight(name + ".weight")), weight(name + ".bias"));
  }

  /** Shares that sum to 1 along the last axis. */
  T softmax(T x);

  /** The hyperbolic tangent. */
  T tanh(T x);

  /** The larger of the number and 0. */
  T relu(T x);

  /** {@code x Φ(x)}, with the exact error function (Hendrycks and Gimpel 2016). */
  T gelu(T x);

  /**
   * Normalises the last axis (Ba et al. 2016, "Layer Normalization").
   *
   * @param name of the layer: weights {@code name.gain} and {@code name.bias}, {@code [width]}
   */
  T norm(T x, String name);

  /** Rows of a table, {@code [rows, width]}, for ids of any shape. */
  T rows(T table, T ids);

  /** Another shape for the same numbers; 0 keeps a size, one -1 takes what is left. */
  T reshape(T x, long... shape);

  /** Axes in another order. */
  T transpose(T x, int... axes);

  /** A new axis of size 1. */
  T unsqueeze(T x, int axis);

  /**
   * Part of an axis.
   *
   * @param from first; negative from the end
   * @param to after the last; negative from the end, {@link #END} for all that is left
   */
  T slice(T x, int axis, long from, long to);

  /** The end of an axis, whatever its size. */
  long END = Long.MAX_VALUE;

  /** Tensors one after the other along an axis. */
  T concat(int axis, List<T> parts);

  /** Adds {@code before} and {@code after} places of one value to an axis. */
  T pad(T x, int axis, long before, long after, float value);

  /** Adds places of one value at the end of an axis until its size is a multiple of a number. */
  T padToMultiple(T x, int axis, long multiple, float value);

  /** The beginning of an axis, as long as that axis of another tensor. */
  T cutLike(T x, int axis, T like);

  /** The sum along an axis, which stays with size 1. */
  T sum(T x, int axis);

  /** The largest number along an axis, which stays with size 1. */
  T max(T x, int axis);

  /**
   * {@code [queries, keys]}: 0 where a query may look, {@code -1e9} at later keys.
   *
   * @param queries its axis 1 gives the number of queries
   * @param keys its axis 1 gives the number of keys
   */
  T causalBias(T queries, T keys);

  /**
   * The sum along the token axis 1, which goes away, from {@code [B, S, d]}; adds one token after
   * the other, so that zeros at the end change no bit.
   */
  T runningSum(T x);

  /**
   * Applies layers to rows {@code [B, d]} so that a row's bits do not depend on how many rows there
   * are.
   */
  T rowwise(T x, UnaryOperator<T> layers);

  /** Silences a share of the numbers while training (Srivastava et al. 2014); else changes none. */
  T dropout(T x, float rate);

  /**
   * Shows a tensor to whoever watches, such as attention weights to a diagnosis. Gives it back.
   *
   * @param name such as {@code layers.0.attention}
   */
  T watched(String name, T x);
}
