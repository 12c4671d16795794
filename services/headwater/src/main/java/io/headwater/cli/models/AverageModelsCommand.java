package io.headwater.cli.models;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.average.SentimentAverage;
import io.headwater.trainer.average.TranslationAverage;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater models average}: the package between packages. */
@Command(
    name = "average",
    mixinStandardHelpOptions = true,
    description = {
      "Make one package of several for sentiment, or of several for translation: each weight is the",
      "mean of theirs. Trainings of one beginning (model.pretrained, or --begin-with) with other",
      "seeds or settings make other errors, and what lies between them is often better than each, at",
      "the cost of one. --evaluate tells whether it is."
    },
    footer = {
      "",
      "Example:",
      "  headwater models average build/seed1/package build/seed2/package --evaluate dev.tsv \\",
      "    --id sentiment-mine@1.1.0 --out models/sentiment-mine/1.1.0"
    })
public final class AverageModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "2..*",
      description = "The packages, of the same form and tokenizer.")
  private List<Path> folders = List.of();

  @Option(
      names = "--evaluate",
      paramLabel = "FILE",
      description =
          "Lines of label TAB text, or of source TAB target, to measure all of them on, such as a"
              + " dev set; may be given again.")
  private List<Path> evaluate = List.of();

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description = "What it is called.")
  private ModelId id;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the package goes; the folder must be new or empty.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    NewFolder.require(out);
    try {
      List<ModelPackage> models = folders.stream().map(ModelPackage::open).toList();
      PrintWriter printer = spec.commandLine().getOut();
      ModelPackage written = write(models, printer);
      printer.println("written: " + written);
      printer.flush();
    } catch (InvalidModelPackageException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    return ExitCodes.OK;
  }

  /** Of the kind that the first is; the average refuses others among them. */
  private ModelPackage write(List<ModelPackage> models, PrintWriter printer) throws IOException {
    if (models.get(0).task().equals("translation")) {
      Map<String, ParallelTexts> pairs = new LinkedHashMap<>();
      for (Path file : evaluate) {
        pairs.put(LabelledTexts.nameOf(file), ParallelTexts.read(file));
      }
      return new TranslationAverage(models, printer).write(pairs, id, out);
    }
    return new SentimentAverage(models, printer).write(LabelledTexts.read(evaluate), id, out);
  }
}
