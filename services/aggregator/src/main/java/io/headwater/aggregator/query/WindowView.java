package io.headwater.aggregator.query;

import io.headwater.avro.LabelCount;
import io.headwater.avro.SentimentWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A window as the HTTP interface shows it.
 *
 * @param language BCP 47
 * @param start ISO 8601, inclusive
 * @param sizeMs length in milliseconds
 * @param count messages
 * @param labels messages by label
 * @param meanPolarity -1 to 1
 */
public record WindowView(
    String source,
    String language,
    String start,
    long sizeMs,
    long count,
    Map<String, Long> labels,
    double meanPolarity) {
  /** By start, then source, then language. */
  static final Comparator<WindowView> ORDER =
      Comparator.comparing(WindowView::startTime)
          .thenComparing(WindowView::source)
          .thenComparing(WindowView::language);

  public WindowView {
    labels = new TreeMap<>(labels);
  }

  public static WindowView of(SentimentWindow window) {
    Map<String, Long> labels = new TreeMap<>();
    for (LabelCount item : window.getLabels()) {
      labels.put(item.getLabel(), item.getCount());
    }
    return new WindowView(
        window.getSource(),
        window.getLanguage(),
        window.getWindowStart().toString(),
        window.getWindowSizeMs(),
        window.getCount(),
        labels,
        window.getMeanPolarity());
  }

  private Instant startTime() {
    return Instant.parse(start);
  }
}
