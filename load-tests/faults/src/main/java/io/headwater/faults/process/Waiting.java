package io.headwater.faults.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens in other processes. */
public final class Waiting {
  private static final long LOOK_MILLIS = 50;

  private Waiting() {}

  /**
   * Waits until it holds.
   *
   * @return whether it did within the limit
   */
  public static boolean until(BooleanSupplier holds, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }
}
