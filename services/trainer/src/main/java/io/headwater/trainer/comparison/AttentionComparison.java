package io.headwater.trainer.comparison;

import ai.djl.ndarray.NDManager;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.ClassifierTraining;
import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.TokenRow;
import io.headwater.trainer.learning.TrainingObserver;
import io.headwater.trainer.learning.TrainingPlan;
import io.headwater.trainer.learning.TrainingRows;
import io.headwater.trainer.learning.TrainingRows.DevSet;
import io.headwater.trainer.learning.WeightsFile;
import io.headwater.trainer.network.ConfiguredClassifier;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.sentiment.PreparedTexts;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trains one network for each form of attention, all of about the same number of weights and for
 * the same CPU time, and measures each on the test sets and in ONNX Runtime.
 */
public final class AttentionComparison {
  private static final int[] LENGTHS = {32, 128, 512, 2_048};

  /** Share of the CPU time after which the speed is known well enough to plan the rest. */
  private static final double PROBE = 0.1;

  private static final double PROBE_TOKENS = 60_000;

  private final Configuration configuration;
  private final EncoderShape shape;
  private final TrainingRows rows;
  private final List<DevSet> tests;
  private final Path out;

  /**
   * A comparison.
   *
   * @param configuration gives all but the attention
   * @param texts what it names
   * @param out where checkpoints and weights go
   */
  public AttentionComparison(Configuration configuration, PreparedTexts texts, Path out) {
    this.configuration = configuration;
    this.shape =
        configuration
            .model()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "model.pretrained: a comparison begins with fresh weights"))
            .toShape(texts.vocabulary());
    this.rows = texts.rows();
    this.tests = texts.tests();
    this.out = out;
  }

  /**
   * Trains and measures every form.
   *
   * @param cpuSeconds of training for each
   * @param done hears each row as it comes
   * @throws IOException if weights cannot be written
   */
  public List<ComparedForm> run(double cpuSeconds, Consumer<ComparedForm> done) throws IOException {
    int heads = shape.layers().get(0).heads();
    List<Variant> variants = Variant.all(heads, shape.layers().get(0).dropout());
    long weights = Variant.count(variants.get(0).in(shape, shape.feedForward()));
    List<ComparedForm> compared = new ArrayList<>();
    for (Variant variant : variants) {
      ComparedForm row = compare(variant, variant.asLargeAs(shape, weights), cpuSeconds);
      done.accept(row);
      compared.add(row);
    }
    return compared;
  }

  private ComparedForm compare(Variant variant, EncoderShape network, double cpuSeconds)
      throws IOException {
    ConfiguredClassifier classifier = new ConfiguredClassifier(network);
    try (NDManager manager = Torch.newManager()) {
      // Twice: the first time pays for what is compiled and loaded on first use.
      train(classifier, variant.name() + "-warm-up", probeEpochs(), manager);
      double guess = train(classifier, variant.name() + "-probe", probeEpochs(), manager);
      double epochs = Math.max(0.01, probeEpochs() * cpuSeconds / guess);
      double spent = train(classifier, variant.name(), epochs, manager);
      Weights best = WeightsFile.read(folder(variant.name()).bestWeights());
      Map<String, Quality> tested = ClassifierTraining.measure(classifier, best, tests, manager);
      long tokens = Math.round(epochs * tokens());
      return new ComparedForm(
          variant.name(),
          best.count(),
          epochs,
          spent,
          tokens / spent,
          tested,
          costs(variant, classifier.export(best, 1)));
    }
  }

  /** CPU seconds that a training took, its evaluations left out. */
  private double train(
      ConfiguredClassifier classifier, String name, double epochs, NDManager parent)
      throws IOException {
    TrainingPlan usual = configuration.plan();
    TrainingPlan plan =
        new TrainingPlan(
            epochs,
            usual.batchTokens(),
            usual.learningRate(),
            usual.warmUp(),
            usual.regularisation(),
            0,
            epochs,
            usual.average(),
            usual.seed());
    try (NDManager manager = parent.newSubManager()) {
      TrainingClock clock = new TrainingClock();
      new ClassifierTraining(classifier, plan, rows, folder(name), clock, manager).run();
      return clock.seconds();
    }
  }

  private RunFolder folder(String name) {
    return new RunFolder(out.resolve(name), configuration.settings());
  }

  private double probeEpochs() {
    double tokens = tokens();
    return Math.min(PROBE, PROBE_TOKENS / tokens);
  }

  private long tokens() {
    return rows.train().stream().mapToLong((TokenRow row) -> row.ids().length).sum();
  }

  private List<InferenceCost> costs(Variant variant, ModelProto graph) throws IOException {
    List<InferenceCost> costs = new ArrayList<>();
    for (int length : LENGTHS) {
      if (length <= variant.longest() && length <= shape.maxTokens()) {
        costs.add(InferenceCost.measure(graph, length, shape.vocabulary()));
      }
    }
    return costs;
  }

  /** The CPU time of training: it is told where training stands right before it is judged. */
  private static final class TrainingClock implements TrainingObserver {
    private final long begun = cpuNanos();
    private long last = begun;

    @Override
    public void progress(Progress progress) {
      last = cpuNanos();
    }

    @Override
    public void evaluated(Evaluation evaluation) {
      // Costs time too, which is not that of training.
    }

    double seconds() {
      return Math.max(1, last - begun) / 1e9;
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : System.nanoTime();
  }
}
