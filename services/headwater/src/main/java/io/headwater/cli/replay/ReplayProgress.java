package io.headwater.cli.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** How far a replay is and how fast it goes: over the last half minute, since backlogs change. */
final class ReplayProgress {
  private static final Duration LOOK_BACK = Duration.ofSeconds(30);

  private final long total;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long done) {}

  /**
   * Progress of a replay.
   *
   * @param total messages
   * @param done those that have their result already
   * @param nanos the time, as {@link System#nanoTime}
   */
  ReplayProgress(long total, long done, long nanos) {
    this.total = total;
    samples.add(new Sample(nanos, done));
  }

  /** Takes note of what is done at a time. */
  void at(long nanos, long done) {
    samples.addLast(new Sample(nanos, done));
    // The oldest stays until the next is old enough, so that a rate spans the whole look back.
    while (samples.size() > 2 && nanos - second().nanos() >= LOOK_BACK.toNanos()) {
      samples.removeFirst();
    }
  }

  /** Messages a second. */
  double rate() {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long nanos = last.nanos() - first.nanos();
    return nanos <= 0 ? 0 : (last.done() - first.done()) * 1e9 / nanos;
  }

  /** The time that is left at this rate; empty while nothing moves. */
  Optional<Duration> left() {
    double rate = rate();
    return rate <= 0
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(Math.round(1000 * (total - samples.getLast().done()) / rate)));
  }

  /** One line for people. */
  String line(long deadLetters) {
    long done = samples.getLast().done();
    return String.format(
        Locale.ROOT,
        "%,d of %,d (%.1f %%), %,.0f messages/s, %s left, dead letters: %,d",
        done,
        total,
        total == 0 ? 100.0 : 100.0 * done / total,
        rate(),
        left().map(ReplayProgress::words).orElse("?"),
        deadLetters);
  }

  /** A duration in two units: 3 h 12 min, 5 min 10 s, 8 s. */
  static String words(Duration time) {
    long seconds = Math.max(0, (time.toMillis() + 500) / 1000);
    if (seconds >= 24 * 3600) {
      return "%d d %d h".formatted(seconds / (24 * 3600), seconds / 3600 % 24);
    }
    if (seconds >= 3600) {
      return "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return seconds >= 60 ? "%d min %d s".formatted(seconds / 60, seconds % 60) : seconds + " s";
  }

  private Sample second() {
    var items = samples.iterator();
    items.next();
    return items.next();
  }
}
