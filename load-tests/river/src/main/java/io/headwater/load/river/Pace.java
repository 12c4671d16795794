package io.headwater.load.river;

import java.time.Duration;

/**
 * How long each part of a run takes.
 *
 * @param boundMessages that the model alone is given, each time
 * @param warmUp of the river, from its first result
 * @param window after it
 */
record Pace(int boundMessages, Duration warmUp, Duration window) {
  static Pace quick() {
    return new Pace(1_000, Duration.ofSeconds(10), Duration.ofSeconds(25));
  }

  static Pace full() {
    return new Pace(3_000, Duration.ofSeconds(20), Duration.ofSeconds(60));
  }
}
