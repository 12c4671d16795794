package io.headwater.trainer;

import io.headwater.trainer.comparison.AttentionComparison;
import io.headwater.trainer.comparison.ComparedForm;
import io.headwater.trainer.comparison.ComparisonTable;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.sentiment.PreparedTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "Everything but the attention is as the configuration says.",
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
      description = "New folder for weights and the table, comparison.md.")
  private Path out = Path.of("");

  /** Compares, and prints the table. */
  @Override
  public Integer call() throws IOException {
    return UsageErrors.told(spec, this::compare);
  }

  private void compare(PrintWriter printer) throws IOException {
    if (seconds <= 0) {
      throw new IllegalArgumentException("--seconds is " + seconds + "; more than 0 are needed");
    }
    Configuration read = Configuration.read(configuration);
    if (read.data().test().isEmpty()) {
      throw new IllegalArgumentException("data.test: a comparison needs a set to report on");
    }
    requireNew();
    PreparedTexts texts = PreparedTexts.of(read, out, true, printer::println);
    List<ComparedForm> forms =
        new AttentionComparison(read, texts, out).run(seconds, form -> tell(printer, form));
    String table = ComparisonTable.of(forms);
    Files.writeString(out.resolve("comparison.md"), table);
    printer.println();
    printer.print(table);
    printer.flush();
  }

  /**
   * How long each form may learn is planned anew each time, so no checkpoint can be gone on from.
   */
  private void requireNew() throws IOException {
    if (!Files.isDirectory(out)) {
      return;
    }
    try (Stream<Path> there = Files.list(out)) {
      if (there.findAny().isPresent()) {
        throw new IllegalArgumentException("--out: " + out + " is not empty; name a new folder");
      }
    }
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
