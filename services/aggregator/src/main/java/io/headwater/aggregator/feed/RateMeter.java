package io.headwater.aggregator.feed;

import io.headwater.aggregator.window.SeriesKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the insights of the last minute, second by second. Not thread-safe. */
final class RateMeter {
  private static final int SECONDS = 60;

  /** Sources and languages told apart in one second; of a flood of names, the rest is left out. */
  private static final int MOST_SERIES = 500;

  private final Clock clock;
  private final Second[] seconds = new Second[SECONDS];

  RateMeter(Clock clock) {
    this.clock = clock;
    for (int i = 0; i < SECONDS; i++) {
      seconds[i] = new Second();
    }
  }

  /**
   * Counts one insight.
   *
   * @param label empty for one without sentiment
   */
  void count(SeriesKey series, String label, double polarity) {
    long now = now();
    Second second = seconds[(int) (now % SECONDS)];
    if (second.at != now) {
      second.at = now;
      second.series.clear();
    }
    if (second.series.size() < MOST_SERIES || second.series.containsKey(series)) {
      second.series.computeIfAbsent(series, unused -> new Tally()).add(label, polarity);
    }
  }

  /** The last 60 seconds, this one included, as far as they pass the filter. */
  LastMinute lastMinute(FeedFilter filter) {
    long now = now();
    Tally sum = new Tally();
    long lately = 0;
    for (Second second : seconds) {
      long age = now - second.at;
      if (age < 0 || age >= SECONDS) {
        continue;
      }
      for (Map.Entry<SeriesKey, Tally> entry : second.series.entrySet()) {
        if (filter.matches(entry.getKey().source(), entry.getKey().language())) {
          sum.add(entry.getValue());
          lately += age >= 1 && age <= 5 ? entry.getValue().count : 0;
        }
      }
    }
    return new LastMinute(
        sum.count, lately / 5.0, sum.scored == 0 ? 0 : sum.polarity / sum.scored, sum.labels);
  }

  private long now() {
    return Math.floorDiv(clock.millis(), 1_000L);
  }

  private static final class Second {
    private long at = Long.MIN_VALUE / 2;
    private final Map<SeriesKey, Tally> series = new HashMap<>();
  }

  private static final class Tally {
    private long count;
    private long scored;
    private double polarity;
    private final Map<String, Long> labels = new TreeMap<>();

    void add(String label, double of) {
      count++;
      if (!label.isEmpty()) {
        scored++;
        polarity += of;
        labels.merge(label, 1L, Long::sum);
      }
    }

    void add(Tally other) {
      count += other.count;
      scored += other.scored;
      polarity += other.polarity;
      other.labels.forEach((label, number) -> labels.merge(label, number, Long::sum));
    }
  }
}
