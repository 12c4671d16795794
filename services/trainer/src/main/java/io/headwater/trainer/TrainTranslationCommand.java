package io.headwater.trainer;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.export.DecoderLayout;
import io.headwater.trainer.translation.export.GenerationDefaults;
import io.headwater.trainer.translation.export.PackageDescription;
import io.headwater.trainer.translation.export.PackagedTransformer;
import io.headwater.trainer.translation.export.TranslationPackage;
import io.headwater.trainer.translation.training.Beginning;
import io.headwater.trainer.translation.training.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater train translation}: trains a translation model and writes its package. */
@Command(
    name = "translation",
    mixinStandardHelpOptions = true,
    description = {
      "Trains an encoder-decoder transformer on pairs of sentences, and writes a model package.",
      "",
      "OUT keeps the vocabulary and a checkpoint every few minutes: the same command again goes on"
          + " where the last one stopped. OUT/package is the result.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  headwater train translation --from de --to en --train de-en.train.tsv \\",
      "    --dev de-en.dev.tsv --out build/de-en"
    })
public final class TrainTranslationCommand implements Callable<Integer> {
  private static final int BEAMS = 4;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--train",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lines of source TAB target, to learn from.")
  private List<Path> train = List.of();

  @Option(
      names = "--dev",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lines of the same form, to choose by; never learned from.")
  private List<Path> dev = List.of();

  @Option(
      names = "--dev-rows",
      defaultValue = "500",
      description = "Most of them translated after each pass. Default: ${DEFAULT-VALUE}.")
  private int devRows;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "LANG",
      description = "Language of the sources, as BCP 47; several: repeat.")
  private List<String> from = List.of();

  @Option(
      names = "--to",
      defaultValue = "en",
      paramLabel = "LANG",
      description = "Language of the targets. Default: ${DEFAULT-VALUE}.")
  private String to = "en";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where vocabulary, checkpoints and package go.")
  private Path out = Path.of(".");

  @Option(
      names = "--model",
      defaultValue = "translation-mine@1.0.0",
      paramLabel = "ID@VERSION",
      description = "Name of the package. Default: ${DEFAULT-VALUE}.")
  private String model = "";

  @Option(
      names = "--lower-cased",
      defaultValue = "0.06",
      description =
          "Share of the pairs that is added once more with its source in lower case."
              + " Default: ${DEFAULT-VALUE}.")
  private double lowerCased;

  @Option(
      names = "--subword-dropout",
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "Share of the tokenizer's merges that are left out, others in each pass: rare words are"
              + " learned by their parts. 0.1 is usual. Default: ${DEFAULT-VALUE}.")
  private double subwordDropout;

  @Option(
      names = "--begin-with",
      paramLabel = "DIR",
      description =
          "Package of an earlier training to begin with: its weights, its vocabulary, its sizes."
              + " Default: fresh weights.")
  private @Nullable Path beginWith;

  @ArgGroup(exclusive = false, heading = "%nThe network:%n")
  private ShapeOptions shape = new ShapeOptions();

  @ArgGroup(exclusive = false, heading = "%nThe training:%n")
  private PlanOptions plan = new PlanOptions();

  /** Trains, prints how it goes, and writes the package. */
  @Override
  public Integer call() throws IOException {
    return UsageErrors.told(spec, this::train);
  }

  private void train(PrintWriter printer) throws IOException {
    Beginning beginning = beginning();
    TransformerShape network = beginning.shape();
    // What is wrong with a name must not wait for the end of a night's training.
    PackageDescription description = description(network);
    TransformerWeights weights =
        new TranslationTrainer(
                new TranslationTrainer.Texts(train, dev, devRows, lowerCased, subwordDropout, out),
                beginning,
                plan.toPlan(),
                printer)
            .train();
    ModelPackage written =
        new TranslationPackage(weights, description, out.resolve(TranslationTrainer.TOKENIZER))
            .write(DecoderLayout.MERGED, out.resolve("package"));
    printer.println("written: " + written);
    printer.flush();
  }

  private Beginning beginning() throws IOException {
    if (beginWith == null) {
      return Beginning.fresh(shape.toShape());
    }
    if (shape.given()) {
      throw new IllegalArgumentException(
          "--begin-with takes the sizes of the package: leave out those of the network");
    }
    TransformerWeights weights = PackagedTransformer.read(beginWith);
    Path tokenizer = out.resolve(TranslationTrainer.TOKENIZER);
    if (!Files.exists(tokenizer)) {
      Files.createDirectories(out);
      Files.copy(beginWith.resolve(TranslationTrainer.TOKENIZER), tokenizer);
    }
    return Beginning.with(weights);
  }

  private PackageDescription description(TransformerShape network) {
    return new PackageDescription(
        ModelId.parse(model),
        from.stream().map(language -> new LanguagePair(language, to)).toList(),
        network.maxPositions(),
        new GenerationDefaults(BEAMS, network.maxPositions(), 1),
        new ModelCard(
            "Translates %s to %s.".formatted(String.join(", ", from), to),
            "unknown: name that of the data",
            "%d + %d layers of width %d, trained from %s"
                .formatted(
                    network.encoderLayers(),
                    network.decoderLayers(),
                    network.width(),
                    beginWith == null ? "nothing" : beginWith.getFileName()),
            "headwater train translation on " + train,
            Map.of()));
  }

  /** Sizes of the network. */
  static final class ShapeOptions {
    @Option(
        names = "--vocabulary",
        defaultValue = "6000",
        description = "Tokens, shared by both languages. Default: ${DEFAULT-VALUE}.")
    private int vocabulary = 6_000;

    @Option(
        names = "--width",
        defaultValue = "256",
        description = "Numbers per token. Default: ${DEFAULT-VALUE}.")
    private int width = 256;

    @Option(
        names = "--heads",
        defaultValue = "4",
        description = "Attention heads per layer. Default: ${DEFAULT-VALUE}.")
    private int heads = 4;

    @Option(
        names = "--feed-forward",
        defaultValue = "1024",
        description = "Width of the inner layers. Default: ${DEFAULT-VALUE}.")
    private int feedForward = 1_024;

    @Option(
        names = "--encoder-layers",
        defaultValue = "3",
        description = "Layers that read. Default: ${DEFAULT-VALUE}.")
    private int encoderLayers = 3;

    @Option(
        names = "--decoder-layers",
        defaultValue = "2",
        description = "Layers that write. Default: ${DEFAULT-VALUE}.")
    private int decoderLayers = 2;

    @Option(
        names = "--max-tokens",
        defaultValue = "256",
        description = "Longest sentence in tokens. Default: ${DEFAULT-VALUE}.")
    private int maxTokens = 256;

    private static final TransformerShape DEFAULT = new ShapeOptions().toShape();

    boolean given() {
      return !toShape().equals(DEFAULT);
    }

    TransformerShape toShape() {
      return new TransformerShape(
          vocabulary, width, heads, feedForward, encoderLayers, decoderLayers, maxTokens);
    }
  }

  /** How to train. */
  static final class PlanOptions {
    @Option(
        names = "--epochs",
        defaultValue = "10",
        description = "Passes over all pairs; a part of one is allowed. Default: ${DEFAULT-VALUE}.")
    private double epochs = 10;

    @Option(
        names = "--batch-tokens",
        defaultValue = "2000",
        description = "Most tokens of a batch on either side. Default: ${DEFAULT-VALUE}.")
    private int batchTokens = 2_000;

    @Option(
        names = "--learning-rate",
        defaultValue = "0.0012",
        description = "The largest one. Default: ${DEFAULT-VALUE}.")
    private double rate = 0.0012;

    @Option(
        names = "--warm-up",
        defaultValue = "500",
        description = "Steps until it is reached. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 500;

    @Option(
        names = "--dropout",
        defaultValue = "0.1",
        description = "Share of numbers silenced at each step. Default: ${DEFAULT-VALUE}.")
    private float dropout = 0.1f;

    @Option(
        names = "--label-smoothing",
        defaultValue = "0.1",
        description = "Share of a target's probability that is spread. Default: ${DEFAULT-VALUE}.")
    private float smoothing = 0.1f;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    TrainingPlan toPlan() {
      return new TrainingPlan(epochs, batchTokens, rate, warmUp, dropout, smoothing, seed);
    }
  }
}
