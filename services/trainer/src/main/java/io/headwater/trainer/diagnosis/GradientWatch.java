package io.headwater.trainer.diagnosis;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches how large gradients are, layer by layer, while a network trains. A layer whose gradient
 * is less than a thousandth of the median layer's learns next to nothing (it vanishes: Glorot and
 * Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks"); one
 * with more than a thousand times the median overthrows what it has learned (it explodes: Pascanu
 * et al. 2013, "On the difficulty of training recurrent neural networks"). One thread's.
 */
public final class GradientWatch {
  private static final double VANISHED = 1e-3;
  private static final double EXPLODED = 1e3;

  /** More steps than this are thinned out. */
  private static final int KEPT = 512;

  /** A layer is what ends in a number, such as {@code layers.0}. */
  private static final Pattern LAYER = Pattern.compile("^(.*?\\.\\d+)(?:\\.|$)");

  private final List<Step> history = new ArrayList<>();
  private long steps;
  private long every = 1;

  /**
   * What was seen at one step.
   *
   * @param number from 0
   * @param norms of each layer's gradient, in the order of the network
   */
  public record Step(long number, Map<String, Double> norms) {
    /** Copies the norms. */
    public Step {
      norms = Collections.unmodifiableMap(new LinkedHashMap<>(norms));
    }
  }

  /**
   * Looks at the gradients of one step; call it after the backward pass and before clipping.
   *
   * @param weights by name; those without a gradient are left out
   */
  public void see(Map<String, NDArray> weights) {
    if (isDue()) {
      Map<String, Double> norms = new LinkedHashMap<>();
      weights.forEach(
          (name, weight) -> {
            if (weight.hasGradient()) {
              norms.put(name, norm(weight));
            }
          });
      add(norms);
    } else {
      steps++;
    }
  }

  /** Takes one step's norms by the names of weights. */
  public void add(Map<String, Double> norms) {
    if (isDue()) {
      history.add(new Step(steps, byLayer(norms)));
      if (history.size() > KEPT) {
        every *= 2;
        history.removeIf(step -> step.number() % every != 0);
      }
    }
    steps++;
  }

  private boolean isDue() {
    return steps % every == 0;
  }

  private static double norm(NDArray weight) {
    try (NDArray gradient = weight.getGradient();
        NDArray squares = gradient.square();
        NDArray sum = squares.sum()) {
      return Math.sqrt(sum.getFloat());
    }
  }

  private static Map<String, Double> byLayer(Map<String, Double> norms) {
    Map<String, Double> layers = new LinkedHashMap<>();
    norms.forEach((name, norm) -> layers.merge(layer(name), norm, Math::hypot));
    return layers;
  }

  /** {@code layers.0} of {@code layers.0.attention.query.weight}; else all but the last part. */
  static String layer(String weight) {
    Matcher numbered = LAYER.matcher(weight);
    if (numbered.find()) {
      return numbered.group(1);
    }
    int dot = weight.lastIndexOf('.');
    return dot < 0 ? weight : weight.substring(0, dot);
  }

  /** What was seen, thinned out to some hundred steps, first step first. */
  public List<Step> history() {
    return List.copyOf(history);
  }

  /** The median over the steps of each layer's norm; not a number where one step had none. */
  public Map<String, Double> norms() {
    Map<String, List<Double>> seen = new LinkedHashMap<>();
    for (Step step : history) {
      step.norms()
          .forEach((name, norm) -> seen.computeIfAbsent(name, n -> new ArrayList<>()).add(norm));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seen.forEach((name, norms) -> medians.put(name, median(norms)));
    return medians;
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
    layers.keySet().removeIf(name -> !LAYER.matcher(name).matches());
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
