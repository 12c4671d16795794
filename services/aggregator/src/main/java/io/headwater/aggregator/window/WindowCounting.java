package io.headwater.aggregator.window;

import io.headwater.aggregator.avro.LabelTally;
import io.headwater.aggregator.avro.WindowSample;
import io.headwater.aggregator.avro.WindowTally;
import io.headwater.avro.LabelCount;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How scores are counted in windows. */
public final class WindowCounting {
  private static final double NANO = 1e9;
  private static final String POSITIVE = "positive";
  private static final String NEGATIVE = "negative";

  /** Labels told apart in one window. No model has as many; whoever invents them fills no store. */
  private static final int MOST_LABELS = 500;

  /** What labels beyond those are counted as. */
  private static final String OTHER = "…";

  private WindowCounting() {}

  /**
   * P(positive) - P(negative), -1 to 1; 0 for a set of labels that lacks either name, in capitals
   * or not.
   */
  public static double polarity(SentimentScore score) {
    double positive = Double.NaN;
    double negative = Double.NaN;
    for (LabelProbability item : score.getProbabilities()) {
      if (item.getLabel().equalsIgnoreCase(POSITIVE)) {
        positive = item.getProbability();
      } else if (item.getLabel().equalsIgnoreCase(NEGATIVE)) {
        negative = item.getProbability();
      }
    }
    double polarity = positive - negative;
    return Double.isNaN(polarity) ? 0 : Math.max(-1, Math.min(1, polarity));
  }

  /** What one score adds to its windows. */
  public static WindowSample sample(SentimentScore score) {
    return new WindowSample(ShortName.of(score.getLabel()), Math.round(polarity(score) * NANO));
  }

  /** A window without messages. */
  public static WindowTally nothing() {
    return new WindowTally(0L, 0L, List.of());
  }

  /** The window with one more message. */
  public static WindowTally add(WindowTally tally, WindowSample sample) {
    TreeMap<String, Long> labels = new TreeMap<>();
    tally.getLabels().forEach(item -> labels.put(item.getLabel(), item.getCount()));
    boolean isKept = labels.size() < MOST_LABELS || labels.containsKey(sample.getLabel());
    labels.merge(isKept ? sample.getLabel() : OTHER, 1L, Long::sum);
    List<LabelTally> sorted = new ArrayList<>(labels.size());
    labels.forEach((label, count) -> sorted.add(new LabelTally(label, count)));
    return new WindowTally(
        tally.getCount() + 1, tally.getPolarityNanos() + sample.getPolarityNanos(), sorted);
  }

  /** Mean polarity of a window's messages, -1 to 1; 0 for none. */
  public static double meanPolarity(WindowTally tally) {
    return tally.getCount() == 0 ? 0 : tally.getPolarityNanos() / NANO / tally.getCount();
  }

  /**
   * The record for the windows' topic.
   *
   * @param start of the window, in milliseconds since the epoch
   */
  public static SentimentWindow window(
      SeriesKey series, WindowSize size, long start, WindowTally tally) {
    return new SentimentWindow(
        series.source(),
        series.language(),
        Instant.ofEpochMilli(start),
        size.millis(),
        tally.getCount(),
        tally.getLabels().stream()
            .map(item -> new LabelCount(item.getLabel(), item.getCount()))
            .toList(),
        meanPolarity(tally));
  }
}
