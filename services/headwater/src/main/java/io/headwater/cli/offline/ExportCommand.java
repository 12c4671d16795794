package io.headwater.cli.offline;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.FinishedTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater export}: a package of a finished training, under another name. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write the package of a finished training again: under another name, or, of a sentiment",
      "model, with its probabilities made milder (temperature above 1) or sharper (below 1)."
    },
    footer = {
      "",
      "Example:",
      "  headwater export build/sentiment --id sentiment-mine@1.1.0 --temperature 1.3 \\",
      "    --out models/sentiment-mine/1.1.0"
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "What headwater train wrote.")
  private Path folder;

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description = "What the package is called.")
  private ModelId id;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the package goes.")
  private Path out;

  @Option(
      names = "--temperature",
      defaultValue = "1",
      description = "What logits are divided by before the softmax. Default: ${DEFAULT-VALUE}.")
  private float temperature;

  @Override
  public Integer call() throws IOException {
    if (!(temperature > 0) || Float.isInfinite(temperature)) {
      throw new CommandFailure("--temperature is " + temperature + "; more than 0");
    }
    try {
      ModelPackage written = new FinishedTraining(folder).export(id, temperature, out);
      PrintWriter printer = spec.commandLine().getOut();
      printer.println("written: " + written);
      printer.flush();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    return ExitCodes.OK;
  }
}
