package io.headwater.cli.models;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.quantize.CalibrationTexts;
import io.headwater.trainer.quantize.PackageQuantizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater models quantize}: an int8 package of a sentiment package. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    description = {
      "Make a package whose linear layers multiply 8-bit integers: two to three times as fast on a CPU.",
      "Scales are fixed with the texts of --calibrate, so a score does not depend on its batch. What",
      "is printed says how near each layer comes (dB), how many texts keep their label, and with",
      "--evaluate how good both packages are."
    },
    footer = {
      "",
      "Example:",
      "  headwater models quantize models/my-model/1.0.0 --calibrate texts.jsonl \\",
      "    --evaluate dev.tsv --out models/my-model-int8/1.0.0"
    })
public final class QuantizeModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--calibrate",
      required = true,
      paramLabel = "FILE",
      description =
          "Texts such as the model is going to read, one a line: JSON with a field text, label TAB"
              + " text, or plain. Some hundreds are enough.")
  private Path calibrate;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the package goes; the folder must be new or empty.")
  private Path out;

  @Option(
      names = "--evaluate",
      paramLabel = "FILE",
      description = "Lines of label TAB text to measure both packages on; may be given again.")
  private List<Path> evaluate = List.of();

  @Option(
      names = "--id",
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description = "What it is called; by default the package's id with -int8, and its version.")
  private Optional<ModelId> id = Optional.empty();

  @Option(
      names = "--texts",
      defaultValue = "800",
      description = "At most so many texts, taken evenly from the file (default ${DEFAULT-VALUE}).")
  private int texts;

  @Parameters(paramLabel = "FOLDER", description = "The package.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    if (texts < 1) {
      throw new CommandFailure("--texts is " + texts + "; at least 1");
    }
    NewFolder.require(out);
    try {
      ModelPackage source = ModelPackage.open(folder);
      List<LabelledTexts> labelled = LabelledTexts.read(evaluate);
      ModelId name = id.orElse(new ModelId(source.id().id() + "-int8", source.id().version()));
      new PackageQuantizer(source, spec.commandLine().getOut())
          .quantize(CalibrationTexts.read(calibrate, texts), labelled, name, out);
    } catch (InvalidModelPackageException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    return ExitCodes.OK;
  }
}
