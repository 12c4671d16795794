package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Services whose clocks are an hour ahead or behind, and messages whose timestamps jump. The clocks
 * need libfaketime; where it is not installed, only the timestamps jump, and the results say so.
 */
final class ClockJump implements Scenario {
  /** A broker refuses records that are stamped more than an hour ahead of its own clock. */
  private static final Duration JUMP = Duration.ofMinutes(55);

  private static final Duration READY = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "clock-jump";
  }

  @Override
  public String summary() {
    return "services restarted with clocks an hour ahead or behind, timestamps that jump";
  }

  @Override
  public void run(Stage stage) throws Exception {
    Optional<Path> library = library();
    stage.note(
        library
            .map(found -> "clocks of services shifted with " + found.getFileName())
            .orElse("libfaketime is not installed: only the messages' timestamps jumped"));
    shift(stage, library, Role.TOKENIZER, "+3600");
    shift(stage, library, Role.SCORER, "-3600");
    shift(stage, library, Role.AGGREGATOR, "+3600");
    stage.sender().clockShift(JUMP);
    stage.pause(stage.pace().seconds(2, 6));
    stage.sender().clockShift(JUMP.negated());
    stage.pause(stage.pace().seconds(2, 6));
    if (!stage.pace().quick()) {
      shift(stage, library, Role.AGGREGATOR, "-3600");
      shift(stage, library, Role.TOKENIZER, "-3600");
      shift(stage, library, Role.SCORER, "+3600");
    }
    stage.sender().clockShift(Duration.ZERO);
    stage.pause(stage.pace().seconds(1, 4));
    stage.awaitRecovery();
  }

  private static void shift(Stage stage, Optional<Path> library, Role role, String seconds)
      throws InterruptedException {
    if (library.isEmpty()) {
      stage.pause(1);
      return;
    }
    ServiceProcess service = stage.first(role);
    service.terminate();
    service.start(
        Map.of(
            "LD_PRELOAD",
            library.get().toString(),
            "FAKETIME",
            seconds,
            // A JVM waits by the monotonic clock, which does not jump on real machines either.
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            // Else every timed wait of a JVM ends at once, and its threads spin.
            "FAKETIME_FORCE_MONOTONIC_FIX",
            "0"));
    stage.faultEnded("%s at %s s".formatted(service.name(), seconds));
    service.awaitReady(READY);
  }

  private static Optional<Path> library() {
    Path libraries = Path.of("/usr/lib");
    if (!Files.isDirectory(libraries)) {
      return Optional.empty();
    }
    try (Stream<Path> found =
        Files.find(
            libraries,
            3,
            (path, attributes) -> path.getFileName().toString().startsWith("libfaketimeMT.so"))) {
      return found.sorted().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
