package io.headwater.trainer.learning;

import io.headwater.trainer.network.LayerName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;

/**
 * How large the gradients of each layer were while a network trained. A layer whose gradient is
 * less than a thousandth of the median layer's learns next to nothing (it vanishes: Glorot and
 * Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks"); one
 * with more than a thousand times the median overthrows what it has learned (it explodes: Pascanu
 * et al. 2013, "On the difficulty of training recurrent neural networks").
 */
public final class GradientWatch {
  private static final double VANISHED = 1e-3;
  private static final double EXPLODED = 1e3;

  private final Map<String, Double> norms;

  /**
   * Over what was seen.
   *
   * @param steps the norm of each layer's gradient before clipping, at some steps
   */
  public GradientWatch(List<Map<String, Double>> steps) {
    Map<String, List<Double>> seen = new LinkedHashMap<>();
    for (Map<String, Double> step : steps) {
      step.forEach((name, norm) -> seen.computeIfAbsent(name, n -> new ArrayList<>()).add(norm));
    }
    this.norms = new LinkedHashMap<>();
    seen.forEach((name, all) -> norms.put(name, median(all)));
  }

  /** Over the points of a curve. */
  public static GradientWatch of(List<CurvePoint> curve) {
    return new GradientWatch(curve.stream().map(CurvePoint::layers).toList());
  }

  /** The median over the steps of each layer's norm; not a number where one step had none. */
  public Map<String, Double> norms() {
    return new LinkedHashMap<>(norms);
  }

  private static double median(List<Double> norms) {
    double[] sorted = norms.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (Arrays.stream(sorted).anyMatch(norm -> !Double.isFinite(norm))) {
      return Double.NaN;
    }
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Layers whose gradients vanish. */
  public List<String> vanishing() {
    double limit = VANISHED * middle();
    return named(norm -> norm < limit);
  }

  /** Layers whose gradients explode, or are no numbers. */
  public List<String> exploding() {
    double limit = EXPLODED * middle();
    return named(norm -> !Double.isFinite(norm) || norm > limit);
  }

  /** Of the numbered layers that have finite norms. */
  private double middle() {
    List<Double> finite =
        numbered().values().stream().filter(norm -> Double.isFinite(norm)).toList();
    return finite.isEmpty() ? 0 : median(finite);
  }

  /** Layers of one kind: an embedding's or a head's gradient is of another size by nature. */
  private Map<String, Double> numbered() {
    Map<String, Double> layers = norms();
    layers.keySet().removeIf(name -> !LayerName.isNumbered(name));
    return layers;
  }

  private List<String> named(DoublePredicate ill) {
    return numbered().entrySet().stream()
        .filter(layer -> ill.test(layer.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What was seen, in one sentence. */
  public String sentence() {
    List<String> vanishing = vanishing();
    List<String> exploding = exploding();
    if (vanishing.isEmpty() && exploding.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "Gradients neither vanish nor explode in %d layers (median norm %.3g).",
          numbered().size(),
          middle());
    }
    List<String> ills = new ArrayList<>();
    if (!vanishing.isEmpty()) {
      ills.add("vanish in " + String.join(", ", vanishing));
    }
    if (!exploding.isEmpty()) {
      ills.add("explode or are no numbers in " + String.join(", ", exploding));
    }
    return String.format(
        Locale.ROOT,
        "Gradients %s (median norm of the layers %.3g): try residual connections,"
            + " norms before layers, a longer warm-up or a lower rate.",
        String.join(" and ", ills),
        middle());
  }
}
