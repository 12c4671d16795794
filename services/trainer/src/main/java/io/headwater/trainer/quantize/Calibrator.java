package io.headwater.trainer.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds a scale for each tensor that linear layers read: what is rounded and cut off there shall
 * change as little as possible of what comes out of them.
 *
 * <p>A few channels of an encoder have numbers ten times as large as the others, and one scale for
 * all would leave little of the small ones. So channels are made alike first, and the weights take
 * the difference (Xiao et al., <i>SmoothQuant</i>, ICML 2023); several degrees are tried. Then the
 * range is searched whose error, each channel's weighed with its weights, is least.
 */
public final class Calibrator {
  private static final double[] ALPHAS = {0, 0.7, 0.8, 0.9, 1};

  /** A range is cut down to a quarter at most. */
  private static final double[] SHARES = {1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44, 0.36, 0.28};

  /** Tokens that ranges are searched with, and that reports are made from. */
  private static final int SEARCHED = 200;

  private static final int REPORTED = 64;
  private static final double ONE_SIDED = 0.3;
  private static final float SMALLEST = 1e-5f;

  private final ModelProto model;
  private final LinearLayers layers;

  /** A calibrator of a graph. */
  public Calibrator(ModelProto model) {
    this.model = model;
    this.layers = new LinearLayers(model.getGraph());
  }

  /** A scale, what it costs, and how it came about. */
  private record Choice(ActivationScale scale, double alpha, double error) {}

  /**
   * Runs the graph over segments and chooses the scales.
   *
   * @param segments token ids
   * @param padId fills the shorter rows of a batch
   * @param progress is told how many segments have been run
   * @param report takes a line for each tensor
   * @throws IllegalArgumentException if the graph has no linear layers that work token by token
   */
  public Calibration calibrate(
      List<int[]> segments, int padId, Consumer<Integer> progress, Consumer<LayerReport> report) {
    ActivationSamples samples = ActivationSamples.collect(model, layers, segments, padId, progress);
    Map<String, ActivationScale> scales = new TreeMap<>();
    for (String tensor : samples.tensors()) {
      List<Matrix> weights = layers.weights(tensor);
      List<float[]> rows = samples.rows(tensor);
      Choice best = null;
      for (double alpha : ALPHAS) {
        Choice choice = choose(rows, samples.largest(tensor), weights, alpha);
        best = best == null || choice.error() < best.error() ? choice : best;
      }
      if (best != null) {
        scales.put(tensor, best.scale());
        report.accept(
            new LayerReport(
                tensor, weights.size(), best.alpha(), decibels(rows, weights, best.scale())));
      }
    }
    if (scales.isEmpty()) {
      throw new IllegalArgumentException(
          "the graph has no MatMul of tokens with constant weights: nothing can be made integers");
    }
    return new Calibration(segments.size(), scales);
  }

  private static Choice choose(
      List<float[]> rows, float[] largest, List<Matrix> weights, double alpha) {
    int[] smoothing = smoothing(largest, weights, alpha);
    ActivationScale plain = new ActivationScale(1, 0, smoothing);
    List<float[]> smoothed = smoothed(rows, plain);
    List<Matrix> scaled = weights.stream().map(matrix -> matrix.scaled(plain)).toList();
    double[] power = new double[smoothing.length];
    for (Matrix matrix : scaled) {
      double[] each = matrix.power();
      Arrays.setAll(power, i -> power[i] + each[i]);
    }
    Choice range = range(smoothed, power, smoothing, alpha);
    return new Choice(range.scale(), alpha, range.error() + weightError(smoothed, scaled));
  }

  private static int[] smoothing(float[] largest, List<Matrix> weights, double alpha) {
    double[] factors = new double[largest.length];
    double logs = 0;
    for (int channel = 0; channel < factors.length; channel++) {
      float weight = SMALLEST;
      for (Matrix matrix : weights) {
        for (int i = channel * matrix.columns(); i < (channel + 1) * matrix.columns(); i++) {
          weight = Math.max(weight, Math.abs(matrix.values()[i]));
        }
      }
      factors[channel] =
          alpha == 0
              ? 1
              : StrictMath.pow(Math.max(largest[channel], SMALLEST), alpha)
                  / StrictMath.pow(weight, 1 - alpha);
      logs += StrictMath.log(factors[channel]) / factors.length;
    }
    int[] smoothing = new int[factors.length];
    for (int channel = 0; channel < factors.length; channel++) {
      smoothing[channel] = ActivationScale.eighthsOf(factors[channel] / StrictMath.exp(logs));
    }
    return smoothing;
  }

  private static List<float[]> smoothed(List<float[]> rows, ActivationScale scale) {
    float[] inverse = scale.inverses();
    List<float[]> smoothed = new ArrayList<>();
    for (float[] row : rows) {
      float[] next = new float[row.length];
      for (int i = 0; i < next.length; i++) {
        next[i] = row[i] * inverse[i];
      }
      smoothed.add(next);
    }
    return smoothed;
  }

  private static Choice range(List<float[]> rows, double[] power, int[] smoothing, double alpha) {
    float low = 0;
    float high = 0;
    for (float[] row : rows) {
      for (float value : row) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low == 0 && high == 0) {
      high = 1;
    }
    List<float[]> searched = everySo(rows, SEARCHED);
    boolean oneSided = -low < ONE_SIDED * high;
    Choice best = null;
    for (double lowShare : oneSided ? new double[] {1} : SHARES) {
      for (double highShare : SHARES) {
        float scale = (float) ((high * highShare - low * lowShare) / ActivationScale.LARGEST);
        int zero = (int) Math.rint(-low * lowShare / scale);
        ActivationScale tried =
            new ActivationScale(scale, Math.min(ActivationScale.LARGEST, zero), smoothing);
        double error = rangeError(searched, power, tried);
        best = best == null || error < best.error() ? new Choice(tried, alpha, error) : best;
      }
    }
    if (best == null) {
      throw new IllegalStateException("at least one range is tried");
    }
    return best;
  }

  private static double rangeError(List<float[]> rows, double[] power, ActivationScale scale) {
    double error = 0;
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        double difference = scale.rounded(row[i]) - row[i];
        error += difference * difference * power[i];
      }
    }
    return error / rows.size();
  }

  private static double weightError(List<float[]> rows, List<Matrix> weights) {
    double[] power = new double[rows.get(0).length];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        power[i] += row[i] * row[i] / rows.size();
      }
    }
    double error = 0;
    for (Matrix matrix : weights) {
      IntegerWeights rounded = IntegerWeights.of(matrix);
      for (int row = 0; row < matrix.rows(); row++) {
        for (int column = 0; column < matrix.columns(); column++) {
          double difference =
              rounded.value(row, column) - matrix.values()[row * matrix.columns() + column];
          error += difference * difference * power[row];
        }
      }
    }
    return error;
  }

  /** Computes some tokens both ways. */
  private static double decibels(List<float[]> rows, List<Matrix> weights, ActivationScale scale) {
    double signal = 0;
    double error = 0;
    for (Matrix plain : weights) {
      Matrix matrix = plain.scaled(scale);
      IntegerWeights integers = IntegerWeights.of(matrix);
      for (float[] row : smoothed(everySo(rows, REPORTED), scale)) {
        double[] exact = new double[matrix.columns()];
        double[] made = new double[matrix.columns()];
        for (int i = 0; i < row.length; i++) {
          float rounded = scale.rounded(row[i]);
          for (int column = 0; column < exact.length; column++) {
            exact[column] += row[i] * matrix.values()[i * exact.length + column];
            made[column] += rounded * integers.value(i, column);
          }
        }
        for (int column = 0; column < exact.length; column++) {
          signal += exact[column] * exact[column];
          error += (exact[column] - made[column]) * (exact[column] - made[column]);
        }
      }
    }
    return 10 * Math.log10(signal / error);
  }

  private static List<float[]> everySo(List<float[]> rows, int most) {
    int stride = Math.max(1, rows.size() / most);
    List<float[]> some = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += stride) {
      some.add(rows.get(i));
    }
    return some;
  }
}
