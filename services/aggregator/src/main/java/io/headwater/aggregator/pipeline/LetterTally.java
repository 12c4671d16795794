package io.headwater.aggregator.pipeline;

import io.headwater.avro.DeadLetter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the dead letters of the last hour, minute by minute, by the stage that wrote them and why.
 * Bounded: anybody can write letters with any words. Thread-safe.
 */
public final class LetterTally {
  private static final int MINUTES = 60;
  private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);
  private static final int MOST_SERIES = 100;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_DETAIL = 200;
  private static final Series OTHERS = new Series("other", "OTHER");

  private final Clock clock;
  private final Map<Series, Counts> counts = new HashMap<>();
  private long total;

  private record Series(String stage, String cause) {}

  public LetterTally(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a letter.
   *
   * @param timestamp of its record, in milliseconds since the epoch: that of the record it is about
   * @param isNew false for those read back at the start: they count where their time is known
   */
  public synchronized void count(DeadLetter letter, long timestamp, boolean isNew) {
    long now = clock.millis();
    // A letter has no time of its own. One that has just come was written just now.
    long time = isNew ? now : Math.min(timestamp, now);
    if (isNew) {
      total++;
    }
    if (now / MINUTE_MS - time / MINUTE_MS < MINUTES) {
      Series series =
          new Series(
              shortened(letter.getStage(), LONGEST_NAME),
              shortened(letter.getCause(), LONGEST_NAME));
      Series counted = counts.containsKey(series) || counts.size() < MOST_SERIES ? series : OTHERS;
      counts
          .computeIfAbsent(counted, unused -> new Counts())
          .add(time, shortened(letter.getDetail(), LONGEST_DETAIL));
    }
  }

  /** What was counted, most first. */
  public synchronized Report report() {
    long minute = clock.millis() / MINUTE_MS;
    List<ByCause> causes = new ArrayList<>();
    counts.forEach(
        (series, counted) ->
            causes.add(
                new ByCause(
                    series.stage(),
                    series.cause(),
                    counted.lastHour(minute),
                    Instant.ofEpochMilli(counted.latest).toString(),
                    counted.latestDetail)));
    causes.sort(
        Comparator.comparingLong(ByCause::lastHour)
            .reversed()
            .thenComparing(ByCause::stage)
            .thenComparing(ByCause::cause));
    return new Report(causes.stream().mapToLong(ByCause::lastHour).sum(), total, causes);
  }

  /** Never between the two halves of a surrogate pair. */
  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /**
   * The letters.
   *
   * @param lastHour letters of the last hour
   * @param total letters since this instance began
   */
  public record Report(long lastHour, long total, List<ByCause> byCause) {
    public Report {
      byCause = List.copyOf(byCause);
    }
  }

  /**
   * The letters of one stage and cause.
   *
   * @param latest when the latest came, in ISO 8601
   * @param latestDetail its detail, shortened
   */
  public record ByCause(
      String stage, String cause, long lastHour, String latest, String latestDetail) {}

  private static final class Counts {
    private final long[] minuteOf = new long[MINUTES];
    private final long[] letters = new long[MINUTES];
    private long latest = Long.MIN_VALUE;
    private String latestDetail = "";

    void add(long time, String detail) {
      long minute = time / MINUTE_MS;
      int slot = (int) (minute % MINUTES);
      if (minuteOf[slot] < minute) {
        minuteOf[slot] = minute;
        letters[slot] = 0;
      }
      if (minuteOf[slot] == minute) {
        letters[slot]++;
      }
      if (time >= latest) {
        latest = time;
        latestDetail = detail;
      }
    }

    long lastHour(long minute) {
      long sum = 0;
      for (int slot = 0; slot < MINUTES; slot++) {
        sum += minute - minuteOf[slot] < MINUTES ? letters[slot] : 0;
      }
      return sum;
    }
  }
}
