package io.headwater.cli.river;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.TranslationOutcome;
import io.headwater.cli.ingest.output.TerminalText;
import java.util.Locale;

/** An insight as one line for the terminal. */
final class InsightLine {
  private static final int WIDTH = 90;

  private InsightLine() {}

  static String of(Insight insight) {
    String text = TerminalText.harmless(insight.getMessage().getText(), WIDTH);
    SentimentScore sentiment = insight.getSentiment();
    String scored = sentiment == null ? "%-9s %4s".formatted("-", "") : scored(sentiment);
    return "%s  %-2s  %s%s".formatted(scored, insight.getLanguage(), text, translated(insight));
  }

  private static String scored(SentimentScore sentiment) {
    double best =
        sentiment.getProbabilities().stream().mapToDouble(p -> p.getProbability()).max().orElse(0);
    return String.format(Locale.ROOT, "%-9s %.2f", sentiment.getLabel(), best);
  }

  private static String translated(Insight insight) {
    return TranslationOutcome.madeFor(insight)
        .map(translation -> "  → " + TerminalText.harmless(translation.getText(), WIDTH))
        .orElse("");
  }
}
