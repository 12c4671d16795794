package io.headwater.trainer;

import io.headwater.trainer.comparison.AttentionComparison;
import io.headwater.trainer.comparison.ComparedForm;
import io.headwater.trainer.comparison.ComparisonTable;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.learning.TokenRow;
import io.headwater.trainer.learning.TrainingRows;
import io.headwater.trainer.learning.TrainingRows.DevSet;
import io.headwater.trainer.sentiment.LabelledFile;
import io.headwater.trainer.sentiment.TokenizedSets;
import io.headwater.trainer.translation.vocabulary.BytePairLearner;
import io.headwater.trainer.translation.vocabulary.TokenizerFileWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater compare}: all forms of attention at the same size and CPU time. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Trains every form of attention at the same number of weights and the same CPU time, and",
      "prints a table: quality, speed of training, speed and memory in ONNX Runtime by length.",
      "",
      "Everything but the attention is as the configuration says. An interrupted comparison goes on",
      "from its checkpoints.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  headwater compare sentiment.yaml --seconds 120 --out build/compared"
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "A configuration of a training, in YAML.")
  private Path configuration = Path.of("");

  @Option(
      names = "--seconds",
      defaultValue = "120",
      description = "CPU seconds of training for each form. Default: ${DEFAULT-VALUE}.")
  private double seconds = 120;

  @Option(
      names = "--out",
      required = true,
      description = "Folder for weights and the table, comparison.md.")
  private Path out = Path.of("");

  /** Compares, and prints the table. */
  @Override
  public Integer call() throws Exception {
    PrintWriter printer =
        spec == null
            ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
            : spec.commandLine().getOut();
    if (seconds <= 0) {
      throw new IllegalArgumentException("--seconds is " + seconds + "; more than 0 are needed");
    }
    Configuration read = Configuration.read(configuration);
    List<LabelledTexts> train = LabelledFile.read(read.data().train());
    List<LabelledTexts> dev = LabelledFile.read(read.data().dev());
    List<LabelledTexts> test = LabelledFile.read(read.data().test());
    if (test.isEmpty()) {
      throw new IllegalArgumentException("data.test: a comparison needs a set to report on");
    }
    Files.createDirectories(out);
    Path tokenizer = out.resolve("tokenizer.json");
    List<String> texts = train.stream().map(LabelledTexts::texts).flatMap(List::stream).toList();
    int most = read.model().map(model -> model.vocabulary()).orElse(0);
    TokenizerFileWriter.write(BytePairLearner.learn(texts, most), tokenizer);
    try (TokenizedSets sets = new TokenizedSets(tokenizer, read.maxTokens())) {
      List<TokenRow> rows =
          train.stream().map(sets::of).map(DevSet::rows).flatMap(Collection::stream).toList();
      List<DevSet> judges = dev.stream().map(sets::of).toList();
      List<DevSet> tests = test.stream().map(sets::of).toList();
      List<ComparedForm> forms =
          new AttentionComparison(
                  read, sets.vocabularySize(), new TrainingRows(rows, judges), tests, out)
              .run(seconds, form -> tell(printer, form));
      String table = ComparisonTable.of(forms);
      Files.writeString(out.resolve("comparison.md"), table);
      printer.println();
      printer.print(table);
      printer.flush();
    }
    return 0;
  }

  private static void tell(PrintWriter printer, ComparedForm form) {
    printer.println(
        String.format(
            Locale.ROOT,
            "%-14s %,d weights, %.2f passes in %.0f CPU s, %s",
            form.name(),
            form.weights(),
            form.epochs(),
            form.cpuSeconds(),
            form.tested()));
    printer.flush();
  }
}
