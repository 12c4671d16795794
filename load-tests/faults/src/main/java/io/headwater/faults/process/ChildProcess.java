package io.headwater.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process that the suite started, with all that can be done to it from outside. */
public final class ChildProcess {
  private static final int KIB = 1024;

  /** Place of the user time in a thread's stat, counted from its state; system time is next. */
  private static final int USER_TICKS = 11;

  /** The kernel tells times in hundredths of a second, on every architecture. */
  private static final int MILLIS_A_TICK = 10;

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

  /** The same with the processes that it started, and those that they started, while they live. */
  public Duration treeCpu() {
    return process
        .descendants()
        .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(cpu(), Duration::plus);
  }

  /**
   * The processor time of its threads that live, summed by the first 15 letters of their names,
   * which is what the kernel knows. A thread that native code starts has the name of the thread
   * that started it. None once it has ended.
   */
  public Map<String, Duration> threadCpu() {
    Map<String, Duration> used = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      tasks.forEach(task -> addThread(task, used));
    } catch (IOException | UncheckedIOException e) {
      return used;
    }
    return used;
  }

  private static void addThread(Path task, Map<String, Duration> used) {
    try {
      String name = Files.readString(task.resolve("comm")).strip();
      String stat = Files.readString(task.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
      used.merge(name, Duration.ofMillis(ticks * MILLIS_A_TICK), Duration::plus);
    } catch (IOException e) {
      // The thread has ended since it was listed.
    }
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
