package io.headwater.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.tuning.BestConfiguration;
import io.headwater.trainer.tuning.ConfigurationYaml;
import io.headwater.trainer.tuning.InvalidTuningException;
import io.headwater.trainer.tuning.TrialDatabase;
import io.headwater.trainer.tuning.TrialRecord;
import io.headwater.trainer.tuning.TrialRepeat;
import io.headwater.trainer.tuning.TrialRunner;
import io.headwater.trainer.tuning.TuningPlan;
import io.headwater.trainer.tuning.TuningPlanReader;
import io.headwater.trainer.tuning.TuningSearch;
import io.headwater.trainer.tuning.report.TuningReport;
import io.headwater.trainer.tuning.runner.SentimentTrialRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater tune}: searches the settings with which a configuration trains best. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Searches the settings with which a configuration trains best.",
      "",
      "The configuration's section tuning names fields and the values that they may take. OUT keeps"
          + " every trial: the same command again goes on where the last one stopped. OUT/tuning.html"
          + " shows what was found, OUT/best.yaml is the best configuration.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  headwater tune sentiment.yaml --out build/tuning",
      "  headwater train build/tuning/best.yaml --out build/sentiment"
    })
public final class TuneCommand implements Callable<Integer> {
  /** Exit code of a repeat that came out otherwise. */
  private static final int DIFFERS = 1;

  private final TrialRunner runner;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "The configuration, a YAML file.")
  private Path configurationFile = Path.of(".");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where trials, report and the best configuration go.")
  private Path out = Path.of(".");

  @Option(
      names = "--trial",
      paramLabel = "N",
      description = "Run this trial of OUT again, and say whether the same comes of it.")
  private Optional<Integer> trial = Optional.empty();

  /** The command over the training of sentiment models. */
  public TuneCommand() {
    this(new SentimentTrialRunner());
  }

  /** The command over any training. */
  TuneCommand(TrialRunner runner) {
    this.runner = runner;
  }

  /** Searches, or repeats a trial. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec, "run by picocli");
    PrintWriter printer = command.commandLine().getOut();
    try {
      ObjectNode configuration = ConfigurationYaml.read(configurationFile);
      TuningPlan plan = TuningPlanReader.read(configuration);
      runner.check(configuration);
      Path file = out.resolve("trials.jsonl");
      if (trial.isPresent() && !Files.exists(file)) {
        throw new InvalidTuningException("--trial: there is no file " + file);
      }
      Files.createDirectories(out);
      try (TrialDatabase database = TrialDatabase.open(file, configuration)) {
        if (database.dropped() > 0) {
          say(
              printer,
              "%s ended in half a line (%d bytes): dropped, its trial goes on",
              file,
              database.dropped());
        }
        return trial.isPresent()
            ? repeat(plan, configuration, database.records(), printer)
            : search(plan, configuration, database, printer);
      }
    } catch (InvalidTuningException e) {
      throw new ParameterException(
          command.commandLine(), String.join("\nheadwater: ", e.faults()), e);
    }
  }

  private int search(
      TuningPlan plan, ObjectNode configuration, TrialDatabase database, PrintWriter printer)
      throws IOException, InterruptedException {
    if (plan.sampler().limit() < plan.trials()) {
      say(printer, "the grid has %d points", plan.sampler().limit());
    }
    if (!database.records().isEmpty()) {
      say(printer, "%s holds %d results: going on", out, database.records().size());
    }
    new TuningSearch(plan, configuration, runner, out, System::nanoTime)
        .run(
            database,
            (record, all) -> {
              say(printer, "%s", line(plan, record, plan.best(all)));
              write(plan, configuration, all);
            });
    write(plan, configuration, database.records());
    Optional<TrialRecord> best = plan.best(database.records());
    if (best.isPresent()) {
      TrialRecord record = best.get();
      say(printer, "best: trial %d, %s", record.trial(), outcome(plan, record));
      say(printer, "  %s", parameters(record));
      say(printer, "%s, %s", out.resolve("best.yaml"), out.resolve("tuning.html"));
    }
    return 0;
  }

  private int repeat(
      TuningPlan plan, ObjectNode configuration, List<TrialRecord> records, PrintWriter printer)
      throws IOException, InterruptedException {
    List<TrialRepeat.Pair> pairs =
        new TrialRepeat(plan, configuration, runner, out, System::nanoTime)
            .run(trial.orElseThrow(), records);
    for (TrialRepeat.Pair pair : pairs) {
      say(
          printer,
          "rung %d: %s, before %s: %s",
          pair.now().rung(),
          outcome(plan, pair.now()),
          outcome(plan, pair.before()),
          pair.same() ? "the same" : "different");
    }
    return pairs.stream().allMatch(TrialRepeat.Pair::same) ? 0 : DIFFERS;
  }

  private void write(TuningPlan plan, ObjectNode configuration, List<TrialRecord> records)
      throws IOException {
    replace(out.resolve("tuning.html"), TuningReport.html(plan, records));
    Optional<TrialRecord> best = plan.best(records);
    if (best.isPresent()) {
      replace(out.resolve("best.yaml"), BestConfiguration.yaml(plan, configuration, best.get()));
    }
  }

  /** A reader, or a kill in between, finds the old text or the new one. */
  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String line(TuningPlan plan, TrialRecord record, Optional<TrialRecord> best) {
    String known =
        best.map(its -> "best %s, trial %d".formatted(metric(plan, its), its.trial()))
            .orElse("none before");
    return String.format(
        Locale.ROOT,
        "trial %3d  %5.2f epochs  %s  (%s)  %.1f s  %s",
        record.trial(),
        record.epochs(),
        outcome(plan, record),
        known,
        record.seconds(),
        parameters(record));
  }

  private static String outcome(TuningPlan plan, TrialRecord record) {
    return record.done()
        ? plan.metric() + " " + metric(plan, record)
        : "failed: " + record.reason();
  }

  private static String metric(TuningPlan plan, TrialRecord record) {
    return String.format(Locale.ROOT, "%.4f", record.metrics().getOrDefault(plan.metric(), 0.0));
  }

  private static String parameters(TrialRecord record) {
    return record.parameters().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + value(entry))
        .collect(Collectors.joining(" "));
  }

  private static String value(Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    return value.isDouble() ? value.decimalValue().toPlainString() : value.toString();
  }

  private static void say(PrintWriter printer, String form, Object... values) {
    printer.println(String.format(Locale.ROOT, form, values));
    printer.flush();
  }
}
