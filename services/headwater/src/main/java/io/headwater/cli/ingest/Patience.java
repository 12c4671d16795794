package io.headwater.cli.ingest;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.river.DurationConverter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --wait}: a command that lays the river's bed may be started before Kafka is there. */
final class Patience {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description =
          "How long to ask again when Kafka or the registry does not answer, or has too few"
              + " brokers yet; for example 2m. Default: not at all.")
  private Duration time = Duration.ZERO;

  /**
   * Does it, again and again where the environment is what stands against it.
   *
   * @throws CommandFailure when time is up, or at once when asking again changes nothing
   */
  <T> T until(Supplier<T> attempt) {
    long deadline = System.nanoTime() + time.toNanos();
    String told = "";
    while (true) {
      try {
        return attempt.get();
      } catch (CommandFailure e) {
        if (e.getCause() instanceof IllegalStateException || System.nanoTime() >= deadline) {
          throw e;
        }
        String why = String.valueOf(e.getMessage());
        if (!why.equals(told)) {
          PrintWriter err = command.commandLine().getErr();
          err.println("headwater: waiting: " + why);
          err.flush();
        }
        told = why;
        rest();
      }
    }
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }
}
