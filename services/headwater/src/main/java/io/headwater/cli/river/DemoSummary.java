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
 * @param sent messages put in
 * @param insights different messages that came out
 * @param skipped those of them in a language that no model reads
 * @param translated those of them that a model translated
 * @param dead dead letters
 * @param twice insights that came a second time
 * @param labels messages by label
 * @param latency from the sending of a message to the reading of its insight, in milliseconds
 * @param elapsed from the first message to the last insight
 */
record DemoSummary(
    long sent,
    long insights,
    long skipped,
    long translated,
    long dead,
    long twice,
    Map<String, Long> labels,
    Histogram latency,
    Duration elapsed) {

  /** Whether every message came out exactly once. */
  boolean isComplete() {
    return insights + dead == sent && twice == 0;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String byLabel =
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getValue() + " " + label.getKey())
                .collect(Collectors.joining(", "));
    lines.add("");
    lines.add("messages in     %d in %.1f s".formatted(sent, elapsed.toMillis() / 1000.0));
    lines.add("scored          %d (%s)".formatted(insights - skipped, byLabel));
    lines.add("translated      %d".formatted(translated));
    lines.add("not scored      %d (no model reads their language)".formatted(skipped));
    lines.add("dead-lettered   %d".formatted(dead));
    lines.add("lost            %d".formatted(Math.max(0, sent - insights - dead)));
    lines.add("twice           %d".formatted(twice));
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
