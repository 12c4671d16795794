package io.headwater.trainer.head;

import io.headwater.trainer.data.Features;
import io.headwater.trainer.graph.PooledState;
import io.headwater.trainer.graph.SentimentHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Finds a head's weights. The same features and settings give the same weights, on any number of
 * cores: a batch is always cut into the same parts, whose gradients are added in the same order.
 */
public final class HeadTraining {

  private static final int BATCH = 256;
  private static final int PARTS = 4;
  private static final int WARM_UP_STEPS = 200;

  private final List<PooledState> pooled;
  private final HeadSettings settings;
  private final Standardization standardization;
  private final Parameters parameters;
  private final List<Example> examples;

  /** A training over all rows of some sets. */
  public HeadTraining(List<PooledState> pooled, List<Features> sets, HeadSettings settings) {
    this.pooled = List.copyOf(pooled);
    this.settings = settings;
    this.standardization = new Standardization(sets);
    this.parameters = Parameters.random(sets.get(0).width(), settings.hidden(), settings.seed());
    this.examples = new ArrayList<>();
    sets.forEach(this::add);
  }

  /**
   * Trains to the end.
   *
   * @param afterEpoch called on the caller's thread with the head as it is and the number of epochs
   */
  public SentimentHead run(ObjIntConsumer<SentimentHead> afterEpoch) {
    AdamW optimizer = new AdamW(parameters, settings.weightDecay());
    List<HeadPass> passes = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      passes.add(new HeadPass(parameters, standardization, settings));
    }
    int batches = (examples.size() + BATCH - 1) / BATCH;
    int step = 0;
    for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
      Collections.shuffle(examples, new Random(settings.seed() + epoch));
      for (int from = 0; from < examples.size(); from += BATCH) {
        List<Example> batch = examples.subList(from, Math.min(examples.size(), from + BATCH));
        long seed = settings.seed() * 1_000_003 + (long) step * BATCH;
        IntStream.range(0, PARTS).parallel().forEach(part -> pass(passes, batch, part, seed));
        optimizer.step(sum(passes), rate(step, batches * settings.epochs()));
        step++;
      }
      afterEpoch.accept(head(), epoch);
    }
    return head();
  }

  private static void pass(List<HeadPass> passes, List<Example> batch, int part, long seed) {
    HeadPass pass = passes.get(part);
    pass.clearGradient();
    for (int i = part; i < batch.size(); i += PARTS) {
      pass.learn(batch.get(i), 1f / batch.size(), seed + i);
    }
  }

  private static Parameters sum(List<HeadPass> passes) {
    Parameters total = passes.get(0).gradient;
    float[][] sums = total.arrays();
    for (HeadPass pass : passes.subList(1, passes.size())) {
      float[][] parts = pass.gradient.arrays();
      for (int array = 0; array < sums.length; array++) {
        for (int i = 0; i < sums[array].length; i++) {
          sums[array][i] += parts[array][i];
        }
      }
    }
    return total;
  }

  private double rate(int step, int steps) {
    double warmUpSteps = Math.min(WARM_UP_STEPS, steps / 5.0);
    double warmUp = Math.min(1, (step + 1) / warmUpSteps);
    return settings.learningRate() * warmUp * (1 - step / (double) steps);
  }

  private SentimentHead head() {
    float[] weights = parameters.hiddenWeights.clone();
    float[] bias = parameters.hiddenBias.clone();
    standardization.foldInto(weights, bias);
    return new SentimentHead(
        pooled, weights, bias, parameters.labelWeights.clone(), parameters.labelBias.clone());
  }

  private void add(Features set) {
    boolean twoWay = set.texts().twoWay();
    for (int i = 0; i < set.rows().length; i++) {
      examples.add(new Example(set.rows()[i], set.texts().labels().get(i).index(), twoWay, 1f));
    }
  }
}
