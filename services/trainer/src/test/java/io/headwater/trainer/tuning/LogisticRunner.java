package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A real training, small enough for tests: logistic regression by stochastic gradient descent on
 * points of the plane and two inputs of noise, with a checkpoint after every epoch.
 */
public final class LogisticRunner implements TrialRunner {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int INPUTS = 4;

  private final double[][] train = points(60, 1);
  private final double[][] dev = points(200, 2);
  private int epochsTrained;

  private record Checkpoint(double[] weights, List<CurvePoint> curve) {}

  /** Epochs over all calls: what checkpoints saved is not in it. */
  public int epochsTrained() {
    return epochsTrained;
  }

  @Override
  public TrialResult run(ObjectNode configuration, Path folder, double epochs) throws IOException {
    double rate = configuration.at("/training/learningRate").asDouble();
    double decay = configuration.at("/training/weightDecay").asDouble();
    int inputs = configuration.at("/model/inputs").asInt();
    Path file = folder.resolve("checkpoint.json");
    Checkpoint state =
        Files.exists(file)
            ? JSON.readValue(file.toFile(), Checkpoint.class)
            : new Checkpoint(new double[INPUTS + 1], List.of());
    double[] weights = state.weights();
    List<CurvePoint> curve = new ArrayList<>(state.curve());
    for (int epoch = curve.size(); epoch < epochs; epoch++) {
      double loss = epoch(weights, inputs, rate, decay, configuration.path("seed").asInt() + epoch);
      curve.add(
          new CurvePoint(
              epoch + 1, Map.of("train.loss", loss, "dev.accuracy", accuracy(weights, inputs))));
      JSON.writeValue(file.toFile(), new Checkpoint(weights, curve));
      epochsTrained++;
    }
    return new TrialResult(curve.get(curve.size() - 1).metrics(), curve);
  }

  private double epoch(double[] weights, int inputs, double rate, double decay, int seed) {
    double[][] shuffled = train.clone();
    Random random = new Random(seed);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double[] kept = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = kept;
    }
    double loss = 0;
    for (double[] point : shuffled) {
      double probability = 1 / (1 + Math.exp(-logit(weights, point, inputs)));
      double label = point[INPUTS];
      loss -= Math.log(label > 0 ? probability : 1 - probability);
      double slope = probability - label;
      for (int i = 0; i < inputs; i++) {
        weights[i] -= rate * (slope * point[i] + decay * weights[i]);
      }
      weights[INPUTS] -= rate * slope;
    }
    return loss / shuffled.length;
  }

  private double accuracy(double[] weights, int inputs) {
    return Arrays.stream(dev)
        .mapToInt(point -> logit(weights, point, inputs) > 0 == point[INPUTS] > 0 ? 1 : 0)
        .average()
        .orElse(0);
  }

  private static double logit(double[] weights, double[] point, int inputs) {
    double sum = weights[INPUTS];
    for (int i = 0; i < inputs; i++) {
      sum += weights[i] * point[i];
    }
    return sum;
  }

  private static double[][] points(int count, int seed) {
    Random random = new Random(seed);
    double[][] points = new double[count][INPUTS + 1];
    for (double[] point : points) {
      for (int i = 0; i < INPUTS; i++) {
        point[i] = random.nextGaussian();
      }
      double side = point[0] - 2 * point[1] + 0.5 + 0.3 * random.nextGaussian();
      point[INPUTS] = side > 0 ? 1 : 0;
    }
    return points;
  }
}
