package io.headwater.aggregator.topology;

import java.time.Duration;

/** A way to wait that tests can shorten. */
@FunctionalInterface
public interface Pause {
  /** Waits on the calling thread. */
  void pause(Duration time) throws InterruptedException;

  /** Waits for real. */
  static Pause real() {
    return time -> Thread.sleep(time.toMillis());
  }
}
