package io.headwater.schemas;

import io.headwater.avro.SentimentScore;
import io.headwater.avro.TextSource;

/** Which text of a message a score is of, as JSON says it beside the score. */
public final class ScoredOn {
  /** The field's name. */
  public static final String FIELD = "scoredOn";

  private ScoredOn() {}

  /** {@code original} or {@code translation}. */
  public static String of(SentimentScore score) {
    return score.getTextSource() == TextSource.TRANSLATION ? "translation" : "original";
  }
}
