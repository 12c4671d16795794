package io.headwater.cli.river;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ShippedTranslation;
import io.headwater.runtime.config.Settings;
import io.headwater.tokenizer.TranslationChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headwater demo}: everything in one go, on the bundled messages. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start a broker, a registry and all services, stream the bundled messages through them, and",
      "show what comes out, here and on the dashboard. Ends on Ctrl-C or after --for, with a summary",
      "of what went in and came out. Its data are thrown away at the end.",
      "It translates, with the shipped model unless the settings name another; without translation:",
      "--set translation.model="
    })
public final class DemoCommand implements Callable<Integer> {
  /**
   * The page has something to show when some messages can say why they got their label; at the
   * usual rate these explanations take a fifth of two cores.
   */
  private static final Map<String, String> SAMPLE =
      Map.of("tokenizer.explain.one.in", "50", "scorer.explain.tokens", "1024");

  private static final Duration FOR_EVER = Duration.ofDays(3_650);

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Stream for that long, then drain and end; for example 60s or 5m.")
  private Duration time = FOR_EVER;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Messages a second (default ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--any-ports",
      description = "Use any free ports rather than the configured ones.")
  private boolean anyPorts;

  @Option(names = "--quiet", description = "Do not print the insights, only the summary.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    if (!(rate > 0 && rate <= 100_000)) {
      throw new ParameterException(spec.commandLine(), "--rate is above 0 and at most 100000");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path data = Files.createTempDirectory("headwater-demo-");
    Map<String, String> own = new HashMap<>(DemoSettings.overrides(anyPorts, data));
    if (!connection.names(TranslationChoice.MODEL)) {
      own.putAll(ShippedTranslation.unlessNamed(connection.settings()));
    }
    SAMPLE.forEach(
        (key, value) -> {
          if (!connection.names(key)) {
            own.put(key, value);
          }
        });
    Settings settings = connection.settingsWith(own);
    try (Shutdown shutdown = Shutdown.watch()) {
      try (LocalRiver river = LocalRiver.start(settings, data, step -> say(out, step))) {
        return stream(river, settings, shutdown, out);
      } finally {
        delete(data);
      }
    }
  }

  private int stream(LocalRiver river, Settings settings, Shutdown shutdown, PrintWriter out) {
    say(out, "dashboard: " + Addresses.dashboard(settings));
    say(out, "");
    DemoStream stream = new DemoStream(river.kafka(), DemoMessages.bundled(), rate);
    DemoSummary summary =
        stream.run(time, shutdown::isAsked, quiet ? Optional.empty() : Optional.of(out));
    summary.lines().forEach(line -> say(out, line));
    List<String> failures = river.failures();
    if (!failures.isEmpty()) {
      throw new CommandFailure(String.join("; ", failures));
    }
    return summary.isComplete() ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      System.err.println("headwater: could not delete " + folder + ": " + e.getMessage());
    }
  }
}
