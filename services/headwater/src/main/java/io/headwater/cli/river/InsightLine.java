package io.headwater.cli.river;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import java.util.Locale;

/** An insight as one line for the terminal. */
final class InsightLine {
  private static final int WIDTH = 90;

  private InsightLine() {}

  static String of(Insight insight) {
    String text = harmless(insight.getMessage().getText());
    SentimentScore sentiment = insight.getSentiment();
    if (sentiment == null) {
      return "%-9s %4s  %-2s  %s".formatted("-", "", insight.getLanguage(), text);
    }
    double best =
        sentiment.getProbabilities().stream().mapToDouble(p -> p.getProbability()).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "%-9s %.2f  %-2s  %s",
        sentiment.getLabel(),
        best,
        insight.getLanguage(),
        text);
  }

  /** One line without control characters: a message must not be able to steer the terminal. */
  private static String harmless(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
    if (line.codePointCount(0, line.length()) <= WIDTH) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…";
  }
}
