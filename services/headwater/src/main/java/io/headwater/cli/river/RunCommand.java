package io.headwater.cli.river;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater run SERVICE}: one service, against any Kafka. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run one service against a Kafka and a registry that run elsewhere.",
      "Topics and schemas must be there: headwater topics create, headwater schemas register.",
      "Ends on SIGTERM or Ctrl-C after it has finished and committed the work in hand."
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "SERVICE",
      description = "One of: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private String service;

  /** The names, for help and completion. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Services.NAMES.iterator();
    }
  }

  @Override
  public Integer call() {
    if (!Services.NAMES.contains(service)) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no service %s; there are %s".formatted(service, Services.NAMES));
    }
    Settings settings = connection.settings();
    try (Shutdown shutdown = Shutdown.watch()) {
      Optional<RunningService> started =
          shutdown.duringStart(
              () -> RunningService.start(service, settings, KafkaConnection.from(settings)));
      return started.isPresent() ? watch(started.get(), shutdown) : ExitCodes.OK;
    }
  }

  private int watch(RunningService service, Shutdown shutdown) {
    try (RunningService running = service) {
      while (!shutdown.awaitSignal(500)) {
        if (running.hasFailed()) {
          spec.commandLine()
              .getErr()
              .println(
                  "headwater: %s has failed: %s".formatted(running.name(), running.complaint()));
          return ExitCodes.CANNOT_RUN;
        }
      }
      return ExitCodes.OK;
    }
  }
}
