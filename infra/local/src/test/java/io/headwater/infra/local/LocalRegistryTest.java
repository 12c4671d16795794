package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistryTest {
  @TempDir Path folder;

  @Test
  void saysHowToGetTheProgramWhenItIsMissing() {
    assertThatThrownBy(() -> startFrom(folder.resolve("no-runner.jar")))
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining("no-runner.jar")
        .hasMessageContaining("./mvnw -pl infra/local package")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAProgramThatIsNoJar() throws IOException {
    // given
    Path notAJar = Files.writeString(folder.resolve("runner.jar"), "text");
    Files.createDirectory(folder.resolve("lib"));

    // when, then
    assertThatThrownBy(() -> startFrom(notAJar))
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining("is not usable")
        .hasMessageNotContaining("\n");
  }

  @Test
  void givesTheFolderBackAfterAFailedStart() {
    // given
    Path data = folder.resolve("data");
    assertThatThrownBy(() -> startFrom(folder.resolve("no-runner.jar")))
        .isInstanceOf(LocalInfraException.class);

    // when
    DirectoryLock lock = DirectoryLock.acquire(data);

    // then
    lock.close();
  }

  private LocalRegistry startFrom(Path runnerJar) {
    return LocalRegistry.start(
        new LocalRegistryConfig(runnerJar, folder.resolve("data"), 0, Duration.ofSeconds(5)));
  }
}
