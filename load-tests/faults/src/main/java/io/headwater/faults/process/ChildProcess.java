package io.headwater.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One process that the suite started, with all that can be done to it from outside. */
public final class ChildProcess {
  private static final int KIB = 1024;

  private final String name;
  private final Process process;
  private volatile boolean endIsOurs;

  ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  public String name() {
    return name;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ended without being asked or killed by the suite. */
  public boolean diedByItself() {
    return !process.isAlive() && !endIsOurs;
  }

  /** Its exit code; only once it has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** {@code kill -9}; returns once it is gone. */
  public void kill() {
    endIsOurs = endIsOurs || process.isAlive();
    process.destroyForcibly().onExit().join();
  }

  /**
   * {@code SIGTERM}; kills it when it takes too long.
   *
   * @return whether it ended by itself in time
   */
  public boolean terminate(Duration limit) throws InterruptedException {
    endIsOurs = endIsOurs || process.isAlive();
    process.destroy();
    if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    kill();
    return false;
  }

  /** {@code SIGSTOP}: it lives, and does nothing. */
  public void freeze() throws InterruptedException {
    signal("-STOP");
  }

  /** {@code SIGCONT}: it goes on as if no time had passed. */
  public void thaw() throws InterruptedException {
    signal("-CONT");
  }

  /** Its resident memory in bytes; 0 once it has ended. */
  public long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The processor time that it has used, user and system. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void signal(String signal) throws InterruptedException {
    try {
      int code =
          new ProcessBuilder("kill", signal, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill %s %s failed".formatted(signal, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot signal " + name, e);
    }
  }
}
