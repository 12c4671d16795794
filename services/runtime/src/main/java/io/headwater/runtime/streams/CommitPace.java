package io.headwater.runtime.streams;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How long a record's outcome may wait for the commit that makes it seen: little while the machine
 * has time to spare, more as it gets busy. A commit costs services and broker as much as several
 * records. With many of them a river that is short of processors falls behind for good, and those
 * who wait for it wait far longer than for a commit.
 *
 * <p>May be used by any thread.
 */
final class CommitPace {
  /** Up to this share of the processors nothing is spared, and from the next on all that can be. */
  private static final double SPARE = 0.6;

  private static final double BUSY = 0.9;

  /** The longest wait by the shortest. */
  private static final int SPREAD = 4;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** That of this machine, or of the container where it is one. */
  static final CommitPace MACHINE = ofThisMachine();

  private final DoubleSupplier load;
  private final LongSupplier nanoTime;
  private long lookedAt;
  private double seen;

  /**
   * A pace.
   *
   * @param load share of its processors, 0 to 1, that the machine or the container used since
   *     anyone's last call; below 0 where that is not known
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  CommitPace(DoubleSupplier load, LongSupplier nanoTime) {
    this.load = load;
    this.nanoTime = nanoTime;
    this.lookedAt = nanoTime.getAsLong() - LOOK_NANOS;
  }

  private static CommitPace ofThisMachine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new CommitPace(system::getCpuLoad, System::nanoTime);
  }

  /**
   * For how long to wait now.
   *
   * @param longest the wait on a busy machine
   * @return from a quarter of it to all of it
   */
  Duration wait(Duration longest) {
    double share = (1 + (SPREAD - 1) * busy(SPARE, BUSY)) / SPREAD;
    return Duration.ofNanos((long) (share * longest.toNanos()));
  }

  /**
   * How busy the machine is now.
   *
   * @param spare up to this share of its processors it is not busy at all: 0
   * @param busy and from this share on it is as busy as can be: 1
   */
  double busy(double spare, double busy) {
    return (Math.max(spare, Math.min(busy, load())) - spare) / (busy - spare);
  }

  private synchronized double load() {
    long now = nanoTime.getAsLong();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      double share = load.getAsDouble();
      seen = share > 0 ? share : 0;
    }
    return seen;
  }
}
