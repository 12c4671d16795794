package io.headwater.cli.offline;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.TrainLexiconCommand;
import io.headwater.trainer.TrainSentimentHeadCommand;
import io.headwater.trainer.TrainTranslationCommand;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.TaskConfiguration;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.sentiment.SentimentTrainer;
import io.headwater.trainer.translator.TranslatorTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater train}: makes models. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[WHAT]",
    description = {
      "Train models, in Java, from data to a model package.",
      "",
      "With a CONFIG, a sentiment or a translation model: the YAML file says which network, on which",
      "texts, and how (docs/training.md has all of it). A checkpoint every few minutes: the same command again goes",
      "on where the last one stopped. OUT/package is the result, OUT/report.html its story."
    },
    footer = {
      "",
      "Example:",
      "  headwater train sentiment.yaml --out build/sentiment --id sentiment-mine@1.0.0"
    },
    subcommands = {
      TrainSentimentHeadCommand.class,
      TrainTranslationCommand.class,
      TrainLexiconCommand.class
    })
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "The YAML file.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where everything goes; by default a folder beside CONFIG, of its name.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description = "What the package is called. Default: TASK-mine@1.0.0.")
  private Optional<ModelId> id = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (config.isEmpty()) {
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCodes.USAGE;
    }
    PrintWriter printer = spec.commandLine().getOut();
    TaskConfiguration configuration = TaskConfiguration.read(config.get());
    try {
      printer.println("written: " + train(configuration, printer));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    printer.flush();
    return ExitCodes.OK;
  }

  private ModelPackage train(TaskConfiguration configuration, PrintWriter printer)
      throws IOException {
    Path folder = out.orElseGet(this::besideConfig);
    if (configuration instanceof TranslationConfiguration translation) {
      return new TranslatorTrainer(translation, folder, printer)
          .train(id.orElse(new ModelId("translation-mine", "1.0.0")));
    }
    return new SentimentTrainer((Configuration) configuration, folder, printer)
        .train(id.orElse(new ModelId("sentiment-mine", "1.0.0")));
  }

  private Path besideConfig() {
    Path file = config.orElseThrow();
    String name = String.valueOf(file.getFileName());
    String stem = name.replaceFirst("\\.ya?ml$", "");
    return file.resolveSibling(stem.equals(name) ? name + ".training" : stem);
  }
}
