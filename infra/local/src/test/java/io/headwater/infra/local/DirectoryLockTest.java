package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir Path folder;

  @Test
  void refusesADirectoryThatThisProcessHolds() {
    // given
    Path data = folder.resolve("data");
    try (DirectoryLock held = DirectoryLock.acquire(data)) {
      // when, then
      assertThatThrownBy(() -> DirectoryLock.acquire(data.resolve("..").resolve("data")))
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("in use by this process")
          .hasMessageContaining(data.getFileName().toString())
          .hasMessageNotContaining("\n");
      assertThat(held).isNotNull();
    }
  }

  @Test
  void namesTheOtherProcessThatHoldsTheDirectory() throws IOException {
    // given
    try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, folder.toString())) {
      assertThat(other.nextLine()).isEqualTo("held");

      // when, then
      assertThatThrownBy(() -> DirectoryLock.acquire(folder))
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("in use by process " + other.processId());
    }
  }

  @Test
  void isFreeAgainOnceItsHolderWasKilled() throws IOException {
    // given
    try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, folder.toString())) {
      assertThat(other.nextLine()).isEqualTo("held");
      other.kill();
    }

    // when
    DirectoryLock lock = DirectoryLock.acquire(folder);

    // then
    lock.close();
    lock.close();
    DirectoryLock.acquire(folder).close();
  }

  @Test
  void saysInOneLineThatADirectoryCannotBeMade() throws IOException {
    // given
    Path file = Files.createFile(folder.resolve("file"));

    // when, then
    assertThatThrownBy(() -> DirectoryLock.acquire(file.resolve("data")))
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageNotContaining("\n");
  }

  /** A process that holds a directory until it is killed. */
  static final class DirectoryHolder {
    private DirectoryHolder() {}

    public static void main(String[] arguments) throws IOException {
      try (DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]))) {
        ChildJvm.announceAndWait(lock == null ? "" : "held");
      }
    }
  }
}
