package io.headwater.cli.river;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.ingest.output.TerminalText;
import java.util.Locale;

/** An insight as one line for the terminal. */
final class InsightLine {
  private static final int WIDTH = 90;

  private InsightLine() {}

  static String of(Insight insight) {
    String text = TerminalText.harmless(insight.getMessage().getText(), WIDTH);
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
}
