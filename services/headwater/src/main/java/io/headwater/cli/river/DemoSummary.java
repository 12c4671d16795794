package io.headwater.cli.river;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What went in and came out.
 *
 * @param counts of messages
 * @param labels messages by label
 * @param translations what became of the messages on their way past the translation model
 * @param latency from the sending of a message to the reading of its insight, in milliseconds
 * @param elapsed from the first message to the last insight
 */
record DemoSummary(
    Counts counts,
    Map<String, Long> labels,
    Translations translations,
    Histogram latency,
    Duration elapsed) {

  /**
   * How many there were.
   *
   * @param sent messages put in
   * @param insights different messages that came out
   * @param unscored those of them without a sentiment: no model reads their language
   * @param dead dead letters
   * @param twice insights that came a second time
   */
  record Counts(long sent, long insights, long unscored, long dead, long twice) {}

  /**
   * What became of messages on their way past the translation model.
   *
   * @param translated into the target language
   * @param passedThrough in it already
   * @param skipped not translated: no model reads their language, or it could not be told
   * @param scoredOn messages whose sentiment is that of their translation
   */
  record Translations(long translated, long passedThrough, long skipped, long scoredOn) {
    private boolean isAny() {
      return translated + passedThrough + skipped > 0;
    }

    private String line() {
      return "translated      %d (%d scored on it), %d passed through, %d skipped"
          .formatted(translated, scoredOn, passedThrough, skipped);
    }
  }

  /** Whether every message came out exactly once. */
  boolean isComplete() {
    return counts.insights() + counts.dead() == counts.sent() && counts.twice() == 0;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String byLabel =
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getValue() + " " + label.getKey())
                .collect(Collectors.joining(", "));
    lines.add("");
    lines.add("messages in     %d in %.1f s".formatted(counts.sent(), elapsed.toMillis() / 1000.0));
    lines.add("scored          %d (%s)".formatted(counts.insights() - counts.unscored(), byLabel));
    lines.add("not scored      %d (no model reads their language)".formatted(counts.unscored()));
    if (translations.isAny()) {
      lines.add(translations.line());
    }
    lines.add("dead-lettered   %d".formatted(counts.dead()));
    lines.add(
        "lost            %d"
            .formatted(Math.max(0, counts.sent() - counts.insights() - counts.dead())));
    lines.add("twice           %d".formatted(counts.twice()));
    lines.add(
        String.format(
            Locale.ROOT,
            "latency         p50 %d ms, p99 %d ms, longest %d ms",
            latency.getValueAtPercentile(50),
            latency.getValueAtPercentile(99),
            latency.getMaxValue()));
    return lines;
  }
}
