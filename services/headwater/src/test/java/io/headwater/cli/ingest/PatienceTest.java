package io.headwater.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.cli.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PatienceTest {
  private final Probe probe = new Probe();
  private final StringWriter err = new StringWriter();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void asksAgainUntilKafkaIsThere() {
    parse("--wait", "1m");

    String answer =
        probe.patience.until(
            () -> {
              if (attempts.incrementAndGet() < 2) {
                throw new CommandFailure("Kafka does not answer");
              }
              return "created";
            });

    assertThat(answer).isEqualTo("created");
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("headwater: waiting: Kafka does not answer");
  }

  @Test
  void asksOnceWhereNobodySaidToWait() {
    parse();

    assertThatThrownBy(() -> probe.patience.until(this::fail)).hasMessage("Kafka does not answer");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void doesNotWaitForWhatWaitingDoesNotMend() {
    parse("--wait", "1m");

    assertThatThrownBy(
            () ->
                probe.patience.until(
                    () -> {
                      attempts.incrementAndGet();
                      throw new CommandFailure("4 partitions", new IllegalStateException());
                    }))
        .hasMessage("4 partitions");
    assertThat(attempts).hasValue(1);
  }

  private Void fail() {
    attempts.incrementAndGet();
    throw new CommandFailure("Kafka does not answer");
  }

  private void parse(String... arguments) {
    new CommandLine(probe).setErr(new PrintWriter(err)).parseArgs(arguments);
  }

  @Command(name = "probe")
  private static final class Probe {
    @Mixin private Patience patience = new Patience();
  }
}
