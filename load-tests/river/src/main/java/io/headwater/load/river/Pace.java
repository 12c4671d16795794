package io.headwater.load.river;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How long each part of a run takes.
 *
 * @param boundMessages that the model alone is given
 * @param boundSeconds at most
 * @param singles messages that are scored alone, each timed
 * @param warmUp of the river, from its first result
 * @param window after it
 * @param latencyWarmUp of each load
 * @param latency after it
 * @param peerWarmUp of each peer, from its first result
 * @param peerWindow after it
 * @param parts that are run besides bound and river
 */
record Pace(
    int boundMessages,
    double boundSeconds,
    int singles,
    Duration warmUp,
    Duration window,
    Duration latencyWarmUp,
    Duration latency,
    Duration peerWarmUp,
    Duration peerWindow,
    Set<Part> parts) {
  Pace {
    parts = Set.copyOf(parts);
  }

  static Pace quick() {
    return new Pace(
        1_000,
        10,
        150,
        Duration.ofSeconds(8),
        Duration.ofSeconds(20),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(4),
        Duration.ofSeconds(8),
        EnumSet.of(Part.LATENCY, Part.PEERS));
  }

  static Pace full() {
    return new Pace(
        3_000,
        25,
        400,
        // Compilers are at work for about a minute, and are not what a river costs from then on.
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofSeconds(40),
        Duration.ofSeconds(8),
        Duration.ofSeconds(20),
        EnumSet.allOf(Part.class));
  }

  Pace with(Set<Part> others) {
    return new Pace(
        boundMessages,
        boundSeconds,
        singles,
        warmUp,
        window,
        latencyWarmUp,
        latency,
        peerWarmUp,
        peerWindow,
        others);
  }

  boolean isQuick() {
    return boundSeconds < full().boundSeconds;
  }
}
