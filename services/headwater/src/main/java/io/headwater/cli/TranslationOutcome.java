package io.headwater.cli;

import io.headwater.avro.Insight;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterTopics;
import java.util.Optional;

/** What became of a message on its way past the translation model. */
public enum TranslationOutcome {
  /** It was put into the target language. */
  TRANSLATED("translated"),
  /** It was in the target language already. */
  PASSED_THROUGH("passed through"),
  /** It was not translated; the insight has the reason. */
  SKIPPED("skipped");

  private final String words;

  TranslationOutcome(String words) {
    this.words = words;
  }

  /** As reports name it. */
  public String words() {
    return words;
  }

  /** That of an insight; empty where nothing is translated. */
  public static Optional<TranslationOutcome> of(Insight insight) {
    Translation translation = insight.getTranslation();
    if (translation != null) {
      return Optional.of(translation.getPassedThrough() ? PASSED_THROUGH : TRANSLATED);
    }
    return insight.getSkipped().stream()
            .anyMatch(skipped -> skipped.getTask().equals(HeadwaterTopics.TRANSLATION))
        ? Optional.of(SKIPPED)
        : Optional.empty();
  }

  /** The translation that a model made of a message; empty where none did. */
  public static Optional<Translation> madeFor(Insight insight) {
    return Optional.ofNullable(insight.getTranslation())
        .filter(translation -> !translation.getPassedThrough());
  }
}
