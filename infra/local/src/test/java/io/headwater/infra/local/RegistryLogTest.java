package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLogTest {
  @TempDir Path folder;
  private RegistryLog log;

  @BeforeEach
  void placeLog() {
    log = new RegistryLog(folder.resolve("registry.log"));
  }

  @Test
  void prefersTheRootCauseToTheTraceBelowIt() throws IOException {
    // given
    Files.writeString(
        log.file(),
        """
        10:00:00 ERROR Failed to start application: java.lang.RuntimeException
        \tat io.quarkus.Main
        Caused by: java.io.IOException: File corrupted
        \tat org.h2.Driver
        """);

    // when
    Optional<String> line = log.lastMeaningfulLine();

    // then
    assertThat(line).contains("Caused by: java.io.IOException: File corrupted");
  }

  @Test
  void prefersAnErrorToTheAdviceBelowIt() throws IOException {
    // given
    Files.writeString(log.file(), "10:00:00 ERROR Port in use\n10:00:00 WARN  Try to kill it\n\n");

    // when
    Optional<String> line = log.lastMeaningfulLine();

    // then
    assertThat(line).contains("10:00:00 ERROR Port in use");
  }

  @Test
  void takesTheLastLineOfText() throws IOException {
    // given
    Files.writeString(log.file(), "Error: no such class\n\tat somewhere\n\n");

    // when
    Optional<String> line = log.lastMeaningfulLine();

    // then
    assertThat(line).contains("Error: no such class");
  }

  @Test
  void hasNoLineBeforeTheFirstRun() {
    assertThat(log.lastMeaningfulLine()).isEmpty();
  }

  @Test
  void keepsTheLogOfTheRunBefore() throws IOException {
    // given
    Files.writeString(log.file(), "yesterday");

    // when
    log.rotate();

    // then
    assertThat(log.file()).doesNotExist();
    assertThat(folder.resolve("registry.log.1")).hasContent("yesterday");
  }
}
