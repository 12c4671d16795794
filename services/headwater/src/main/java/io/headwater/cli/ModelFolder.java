package io.headwater.cli;

import io.headwater.models.ModelCatalog;
import io.headwater.models.TrustedKeys;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;

/** The model packages that the settings lead to, and whose signatures they trust. */
public final class ModelFolder {
  private ModelFolder() {}

  /** The catalog of {@code models.directory}. */
  public static ModelCatalog of(Settings settings) {
    return new ModelCatalog(settings.path(CommonSettings.MODELS_DIRECTORY), trusted(settings));
  }

  /** The keys of {@code models.trusted.keys}; none where packages need no signature. */
  public static TrustedKeys trusted(Settings settings) {
    return TrustedKeys.in(settings.list(CommonSettings.MODELS_TRUSTED_KEYS));
  }
}
