package io.headwater.cli.river;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TextSource;
import io.headwater.cli.TranslationOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what a demo's messages became. Not thread-safe. */
final class DemoTally {
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<TranslationOutcome, Long> translations =
      new EnumMap<>(TranslationOutcome.class);
  private final Histogram latency = new Histogram(TimeUnit.HOURS.toMillis(1), 3);
  private long twice;
  private long unscored;
  private long dead;
  private long scoredOnTranslation;

  /** One more insight. False when the message has one already. */
  boolean insight(Insight insight, Instant now) {
    if (!seen.add(insight.getMessageId())) {
      twice++;
      return false;
    }
    SentimentScore sentiment = insight.getSentiment();
    if (sentiment == null) {
      unscored++;
    } else {
      labels.merge(sentiment.getLabel(), 1L, Long::sum);
      scoredOnTranslation += sentiment.getTextSource() == TextSource.TRANSLATION ? 1 : 0;
    }
    TranslationOutcome.of(insight).ifPresent(outcome -> translations.merge(outcome, 1L, Long::sum));
    Instant sentAt = insight.getMessage().getSentAt();
    if (sentAt != null) {
      latency.recordValue(Math.max(0, Duration.between(sentAt, now).toMillis()));
    }
    return true;
  }

  /** One more dead letter. */
  void deadLetter() {
    dead++;
  }

  /** Messages that have come out, one way or the other. */
  long done() {
    return seen.size() + dead;
  }

  /** All in all. */
  DemoSummary summary(long sent, Duration elapsed) {
    return new DemoSummary(
        new DemoSummary.Counts(sent, seen.size(), unscored, dead, twice),
        new TreeMap<>(labels),
        new DemoSummary.Translations(
            count(TranslationOutcome.TRANSLATED),
            count(TranslationOutcome.PASSED_THROUGH),
            count(TranslationOutcome.SKIPPED),
            scoredOnTranslation),
        latency.copy(),
        elapsed);
  }

  private long count(TranslationOutcome outcome) {
    return translations.getOrDefault(outcome, 0L);
  }
}
