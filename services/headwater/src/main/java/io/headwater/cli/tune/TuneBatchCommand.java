package io.headwater.cli.tune;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ShippedTranslation;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.ScorerConfig;
import io.headwater.tokenizer.TranslationChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headwater tune-batch}: which budget and how many threads suit this machine. */
@Command(
    name = "tune-batch",
    mixinStandardHelpOptions = true,
    description = {
      "Find out which batch budget and how many threads suit this machine and your messages: the",
      "scorer's own batches run through its own engine, every setup in turns with all others.",
      "Recommended is the smallest batch that is within 3 %% of the fastest: it answers sooner.",
      "",
      "Stop what else is running, the river first. Needs no Kafka. p99 is of a batch, and for",
      "translation of a call with a whole unit of work; padding is the share of tokens computed in vain."
    })
public final class TuneBatchCommand implements Callable<Integer> {
  private static final int SMALLEST = 128;
  private static final int LARGEST = 8_192;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--task",
      defaultValue = HeadwaterTopics.SENTIMENT,
      description = "What to tune: sentiment or translation (default ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--model",
      paramLabel = "ID@VERSION",
      description =
          "The package. Default: as the settings name it; for translation the shipped one.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--messages",
      paramLabel = "FILE",
      description =
          "JSON lines with the field text, or one text a line: what you have, for its lengths."
              + " Default: the messages of the demo.")
  private Optional<Path> messages = Optional.empty();

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description =
          "For how long about to measure (default ${DEFAULT-VALUE}). Every setup is run once at"
              + " least, however long that takes.")
  private int seconds;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Put the recommended settings into this file; its other lines stay.")
  private Optional<Path> write = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (seconds < 0) {
      throw new ParameterException(spec.commandLine(), "--seconds is 0 or more");
    }
    Workbench bench = workbench();
    PrintWriter out = spec.commandLine().getOut();
    out.println("%s, %d cores".formatted(bench.model().id(), cores()));
    out.flush();
    Tuned tuned = tuned(bench, out);
    Recommendation recommendation = tuned.recommendation();
    new TuningTable(out).print(tuned.all(), recommendation);
    out.println();
    out.println("Recommended: " + recommendation.reason() + ".");
    out.println();
    Map<String, String> settings = settings(recommendation.chosen().setup(), tuned.callTokens());
    settings.forEach((key, value) -> out.println(key + "=" + value));
    if (write.isPresent()) {
      new SettingsFile(write.get()).set(settings);
      out.println();
      out.println("written to " + write.get());
    }
    out.flush();
    return ExitCodes.OK;
  }

  /**
   * What came of it.
   *
   * @param callTokens what a call costs beside its tokens, where that counts
   */
  private record Tuned(
      List<Measurement> all, Recommendation recommendation, OptionalInt callTokens) {}

  private Tuned tuned(Workbench bench, PrintWriter out) {
    ScorerConfig config = bench.config();
    TuningRun run = new TuningRun(System::nanoTime);
    try (ResourceStack opened = new ResourceStack()) {
      for (ExecutionProvider provider : providers(config.engine().provider())) {
        for (int threads : threads(provider, config.engine().threads())) {
          EngineOptions options = config.engine().on(provider).withThreads(threads);
          try {
            run.add(opened.add(bench.open(options)), threads, budgets());
          } catch (EngineUnavailableException e) {
            if (config.engine().provider() == ExecutionProvider.CUDA) {
              throw e;
            }
            out.println("without CUDA: " + e.getMessage());
            out.flush();
            break;
          }
        }
      }
      List<Measurement> all = run.run(TimeUnit.SECONDS.toNanos(seconds));
      Recommendation recommendation = Recommendation.of(all);
      return new Tuned(all, recommendation, run.callTokens(recommendation.chosen()));
    }
  }

  private Workbench workbench() throws IOException {
    List<String> texts = SampleTexts.read(messages);
    switch (task) {
      case HeadwaterTopics.SENTIMENT -> {
        Settings settings = connection.settingsWith(Map.of(), named("sentiment.model"));
        return Workbench.sentiment(settings, texts, LARGEST * cores());
      }
      case HeadwaterTopics.TRANSLATION -> {
        Map<String, String> asked = named(TranslationChoice.MODEL);
        if (asked.isEmpty()) {
          asked.putAll(ShippedTranslation.unlessNamed(connection.settings()));
        }
        return Workbench.translation(connection.settingsWith(Map.of(), asked), texts);
      }
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "there is no task %s; there are %s".formatted(task, HeadwaterTopics.TASKS));
    }
  }

  private Map<String, String> named(String key) {
    Map<String, String> asked = new HashMap<>();
    model.ifPresent(
        name -> {
          try {
            asked.put(key, ModelId.parse(name).toString());
          } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--model: " + e.getMessage(), e);
          }
        });
    return asked;
  }

  private Map<String, String> settings(Setup chosen, OptionalInt callTokens) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("execution.provider", chosen.provider().name().toLowerCase(Locale.ROOT));
    settings.put("scorer.engine.threads", String.valueOf(chosen.threads()));
    settings.put(
        task.equals(HeadwaterTopics.SENTIMENT)
            ? "scorer.batch.tokens"
            : "scorer.translation.batch.tokens",
        String.valueOf(chosen.tokens()));
    callTokens.ifPresent(
        tokens -> settings.put("scorer.batch.call.tokens", String.valueOf(tokens)));
    return settings;
  }

  private static List<ExecutionProvider> providers(ExecutionProvider configured) {
    return configured == ExecutionProvider.CPU
        ? List.of(ExecutionProvider.CPU)
        : List.of(ExecutionProvider.CPU, ExecutionProvider.CUDA);
  }

  /** Powers of two up to the cores, the cores, and what is configured; a GPU does without. */
  private static Set<Integer> threads(ExecutionProvider provider, int configured) {
    Set<Integer> threads = new TreeSet<>();
    int chosen = configured == 0 ? cores() : configured;
    threads.add(chosen);
    if (provider == ExecutionProvider.CPU) {
      Stream.iterate(1, count -> count <= cores(), count -> 2 * count).forEach(threads::add);
      threads.add(cores());
    }
    return threads;
  }

  private static List<Integer> budgets() {
    return Stream.iterate(SMALLEST, tokens -> tokens <= LARGEST, tokens -> 2 * tokens).toList();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
