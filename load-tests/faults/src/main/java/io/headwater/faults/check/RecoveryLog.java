package io.headwater.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measures recoveries: from a fault's end (for a kill: from the kill, since the restart follows at
 * once) to the first insight of a message that was sent after it. Thread-safe.
 */
public final class RecoveryLog {
  private final long begun;
  private final List<Open> open = new ArrayList<>();
  private final List<Recovery> all = new ArrayList<>();

  private record Open(String fault, long from, long atNanos) {}

  /**
   * One recovery.
   *
   * @param fault what had happened
   * @param at when, in seconds since the traffic began
   * @param seconds until the first new insight
   */
  public record Recovery(String fault, double at, double seconds) {}

  /** A log whose times count from {@code begun}, by {@link System#nanoTime}. */
  public RecoveryLog(long begun) {
    this.begun = begun;
  }

  /**
   * A fault is over.
   *
   * @param sent messages sent so far
   */
  public synchronized void faultEnded(String fault, long sent, long nanos) {
    open.add(new Open(fault, sent, nanos));
  }

  /** An insight came. */
  public synchronized void insight(long index, long nanos) {
    open.removeIf(
        fault -> {
          if (index < fault.from()) {
            return false;
          }
          all.add(
              new Recovery(
                  fault.fault(),
                  seconds(fault.atNanos() - begun),
                  seconds(nanos - fault.atNanos())));
          return true;
        });
  }

  /** Those that are over, in the order in which they were. */
  public synchronized List<Recovery> recoveries() {
    return List.copyOf(all);
  }

  /** Faults after which no new message has come out yet. */
  public synchronized int unrecovered() {
    return open.size();
  }

  /** The longest one; empty when there was none. */
  public synchronized OptionalDouble longest() {
    return all.stream().mapToDouble(Recovery::seconds).max();
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
