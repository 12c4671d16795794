package io.headwater.cli;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.TrustedKeys;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /**
   * A package by its folder, which may lie anywhere, or by its name in a catalog.
   *
   * @throws InvalidModelPackageException if there is none, it is damaged, or it is not signed as it
   *     must be
   * @throws IllegalArgumentException if the name has no {@code ID@VERSION}
   */
  public static ModelPackage open(String folderOrName, ModelCatalog catalog) {
    Path folder = Path.of(folderOrName);
    if (Files.isDirectory(folder)) {
      return open(folder, catalog.trusted());
    }
    if (!folderOrName.contains("@")) {
      throw new InvalidModelPackageException(
          folder, "there is no such folder; give one, or ID@VERSION");
    }
    return catalog.open(ModelId.parse(folderOrName));
  }

  /**
   * The package of a folder of any name.
   *
   * @throws InvalidModelPackageException if it holds none, or is not signed as it must be
   */
  public static ModelPackage open(Path folder, TrustedKeys trusted) {
    // First: of what nobody trusted has signed, not even the description is read.
    trusted.check(folder);
    return ModelPackage.open(folder);
  }
}
