package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelFolder;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.diagnosis.DiagnosisJson;
import io.headwater.trainer.diagnosis.DiagnosisPage;
import io.headwater.trainer.diagnosis.DiagnosisReport;
import io.headwater.trainer.diagnosis.DiagnosisText;
import io.headwater.trainer.diagnosis.PackageDiagnosis;
import io.headwater.trainer.diagnosis.TemperedPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater diagnose}: what is wrong with a sentiment model. */
@Command(
    name = "diagnose",
    mixinStandardHelpOptions = true,
    description = {
      "Look for what is wrong with a sentiment model: is it as sure as it is right, what does it take",
      "for what, do typos, capitals or a \"not\" confuse it, and do its attention heads do anything.",
      "Prints a report; --out writes it as diagnosis.html and diagnosis.json as well."
    },
    footer = {
      "",
      "Example:",
      "  headwater diagnose sentiment-e5-small-v2@1.3.0 --fit dev.tsv --data test.tsv --out report"
    })
public final class DiagnoseCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "PACKAGE",
      description = "The model: the folder of its package, or its ID@VERSION.")
  private String model;

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Lines of label TAB text to report on; several may be given.")
  private List<Path> data = List.of();

  @Option(
      names = "--fit",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Lines to fit the temperature on, such as dev sets. Without: every other line of --data,"
              + " and calibration is judged on the others.")
  private List<Path> fit = List.of();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "600",
      description = "At most so many lines of each file, taken evenly (default ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--attention-texts",
      paramLabel = "N",
      defaultValue = "128",
      description = "Texts whose attention is read (default ${DEFAULT-VALUE}).")
  private int attentionTexts;

  @Option(
      names = "--errors",
      paramLabel = "N",
      defaultValue = "8",
      description = "Wrong predictions listed for each file (default ${DEFAULT-VALUE}).")
  private int errors;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the typos (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where diagnosis.html, diagnosis.json and a new package go.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--write-temperature",
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description = "Write a package of that name with the temperature inside, into --out.")
  private Optional<ModelId> tempered = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (tempered.isPresent() && out.isEmpty()) {
      throw new CommandFailure("--write-temperature needs --out, the folder that it writes into");
    }
    try {
      ModelPackage source = ModelFolder.open(model, ModelFolder.of(connection.settings()));
      Optional<Path> target =
          tempered.map(id -> out.orElseThrow().resolve(id.id()).resolve(id.version()));
      if (target.filter(Files::exists).isPresent()) {
        throw new CommandFailure(target.get() + " is there already; choose another version");
      }
      PackageDiagnosis.Options options =
          new PackageDiagnosis.Options(rows, attentionTexts, errors, seed);
      DiagnosisReport report =
          new PackageDiagnosis(source, options, this::tell)
              .run(LabelledTexts.read(data), LabelledTexts.read(fit));
      PrintWriter printer = spec.commandLine().getOut();
      DiagnosisText.of(report).forEach(printer::println);
      if (out.isPresent()) {
        write(report, out.get());
      }
      if (target.isPresent()) {
        double temperature = report.fitted().temperature();
        String on = report.fitted().on();
        printer.println(
            "written      "
                + TemperedPackage.write(
                    source, temperature, on, tempered.orElseThrow(), target.get()));
      }
      printer.flush();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    return ExitCodes.OK;
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private void write(DiagnosisReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path page = folder.resolve("diagnosis.html");
    Files.writeString(page, DiagnosisPage.of(report));
    Files.writeString(
        folder.resolve("diagnosis.json"), JSON.writeValueAsString(DiagnosisJson.of(report)) + "\n");
    spec.commandLine().getOut().println("page         " + page);
  }
}
