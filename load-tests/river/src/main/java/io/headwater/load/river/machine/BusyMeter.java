package io.headwater.load.river.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much of the machine's cores was in use between two moments, by whomever: what is left after
 * subtracting one's own is what others took, and makes times and rates worth less.
 */
public final class BusyMeter {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_A_SECOND = 100;

  private final double busyAtStart = busySeconds();
  private final double ownAtStart = ownSeconds();
  private final long begun = System.nanoTime();

  /** Seconds since it was made. */
  public double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  /**
   * The share of all cores that others took since it was made, 0 to 1.
   *
   * @param known processor seconds that the measured processes used meanwhile; this process's own
   *     are known
   */
  public double othersShare(double known) {
    double others = busySeconds() - busyAtStart - known - (ownSeconds() - ownAtStart);
    int cores = Runtime.getRuntime().availableProcessors();
    return Math.max(0, Math.min(1, others / (seconds() * cores)));
  }

  private static double ownSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static double busySeconds() {
    try {
      return busySeconds(Files.readAllLines(STAT).get(0));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + STAT, e);
    }
  }

  /** Of the first line of the file: user, nice, system, idle, iowait, irq, softirq, steal. */
  static double busySeconds(String line) {
    String[] fields = line.trim().split("\\s+");
    double ticks = 0;
    for (int i = 1; i < Math.min(fields.length, 9); i++) {
      boolean isIdle = i == 4 || i == 5;
      ticks += isIdle ? 0 : Long.parseLong(fields[i]);
    }
    return ticks / TICKS_A_SECOND;
  }
}
