package io.headwater.cli;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import io.headwater.tokenizer.TranslationChoice;
import java.util.Map;

/**
 * The translation package that ships. A river translates only where its settings name a package;
 * commands that are there to show translation take this one when none is named.
 */
public final class ShippedTranslation {
  public static final ModelId ID = new ModelId("translation-de-en", "1.2.0");

  private ShippedTranslation() {}

  /** The setting that names it; none where another is named, or where it is not there. */
  public static Map<String, String> unlessNamed(Settings settings) {
    boolean wanted =
        settings.text(TranslationChoice.MODEL).isEmpty()
            && new ModelCatalog(settings.path(CommonSettings.MODELS_DIRECTORY))
                .find(ID)
                .isPresent();
    return wanted ? Map.of(TranslationChoice.MODEL, ID.toString()) : Map.of();
  }
}
