package io.headwater.cli.offline;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelPackage;
import io.headwater.models.TrustedKeys;
import java.nio.file.Path;

/** Finds the catalog that a package lies in. */
final class Catalogs {
  private Catalogs() {}

  /** That of {@code CATALOG/ID/VERSION}. */
  static ModelCatalog of(ModelPackage model, TrustedKeys trusted) {
    Path id = model.folder().toAbsolutePath().normalize().getParent();
    Path root = id == null ? null : id.getParent();
    if (root == null) {
      throw new IllegalArgumentException(model.folder() + " lies in no catalog");
    }
    return new ModelCatalog(root, trusted);
  }
}
