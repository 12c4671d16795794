package io.headwater.tokenizer;

import static java.util.Objects.requireNonNull;

import io.headwater.models.ModelId;
import io.headwater.runtime.config.Settings;
import io.headwater.tokenizer.plan.Languages;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * What messages are translated with.
 *
 * @param model the package
 * @param targetLanguage BCP 47 tag of the language for messages that name none
 */
public record TranslationChoice(ModelId model, String targetLanguage) {
  /** Setting of the package; empty for no translation. */
  public static final String MODEL = "translation.model";

  /** Setting of the language to translate into. */
  public static final String TARGET_LANGUAGE = "translation.target.language";

  public TranslationChoice {
    requireNonNull(model, "model");
    requireNonNull(targetLanguage, "targetLanguage");
  }

  /** What the settings say; empty where nothing is translated. */
  static Optional<TranslationChoice> from(Settings settings) {
    return settings
        .text(MODEL)
        .map(
            model -> new TranslationChoice(ModelId.parse(model), settings.string(TARGET_LANGUAGE)));
  }

  static void requireLanguage(String key, Object value) {
    if (Languages.primary(String.valueOf(value)).isEmpty()) {
      throw new ConfigException(key, value, "names no language; write a BCP 47 code such as en");
    }
  }
}
