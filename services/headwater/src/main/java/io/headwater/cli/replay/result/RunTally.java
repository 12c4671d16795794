package io.headwater.cli.replay.result;

import io.headwater.avro.Insight;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.TranslationOutcome;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a run has written. Not thread-safe. */
public final class RunTally {
  /** Stands for the label of an insight without sentiment. */
  public static final String NO_LABEL = "(none)";

  private final MultisetHash bytes = new MultisetHash();
  private final MultisetHash content = new MultisetHash();
  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final Map<String, Long> translations = new TreeMap<>();
  private final Map<String, Long> provenances = new TreeMap<>();
  private long insights;
  private long letters;

  /** An insight, with the key and value that it was read from. */
  public void insight(byte @Nullable [] key, byte[] value, Insight insight) {
    insights++;
    bytes.add(InsightDigests.ofBytes(key, value));
    content.add(InsightDigests.ofContent(key, insight));
    SentimentScore sentiment = insight.getSentiment();
    labels.merge(sentiment == null ? NO_LABEL : sentiment.getLabel(), 1L, Long::sum);
    if (sentiment != null) {
      provenances.merge(described(sentiment.getModel(), sentiment.getProvenance()), 1L, Long::sum);
    }
    TranslationOutcome.of(insight)
        .ifPresent(outcome -> translations.merge(outcome.words(), 1L, Long::sum));
    TranslationOutcome.madeFor(insight)
        .map(made -> described(made.getModel(), made.getProvenance()))
        .ifPresent(made -> provenances.merge(made, 1L, Long::sum));
  }

  /** A dead letter. */
  public void deadLetter(String stage, String cause) {
    letters++;
    deadLetters.merge(stage + " " + cause, 1L, Long::sum);
  }

  private static String described(ModelRef model, Provenance made) {
    return "%s@%s on %s, %s"
        .formatted(
            model.getId(), model.getVersion(), made.getRuntime(), made.getExecutionProvider());
  }

  /** Messages that have their result. */
  public long done() {
    return insights + letters;
  }

  public long insights() {
    return insights;
  }

  public long deadLetters() {
    return letters;
  }

  /** Insights by label. */
  public Map<String, Long> labels() {
    return Collections.unmodifiableMap(labels);
  }

  /** Dead letters by stage and cause. */
  public Map<String, Long> deadLettersByCause() {
    return Collections.unmodifiableMap(deadLetters);
  }

  /** Insights by what became of their translation; empty where nothing is translated. */
  public Map<String, Long> translations() {
    return Collections.unmodifiableMap(translations);
  }

  /** Scores and translations by what made them. */
  public Map<String, Long> provenances() {
    return Collections.unmodifiableMap(provenances);
  }

  /** Checksum of keys and values. */
  public String checksum() {
    return bytes.hex();
  }

  /** Checksum of keys and contents. */
  public String contentChecksum() {
    return content.hex();
  }
}
