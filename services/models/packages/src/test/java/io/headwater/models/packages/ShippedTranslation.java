package io.headwater.models.packages;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import java.nio.file.Path;

/** The translation package as this module has just laid it out. */
final class ShippedTranslation {

  static final ModelId ID = new ModelId("translation-de-en", "1.2.0");
  static final LanguagePair PAIR = new LanguagePair("de", "en");

  private ShippedTranslation() {}

  static ModelPackage open() {
    String root = System.getProperty("headwater.packages", "target/packages");
    return new ModelCatalog(Path.of(root)).open(ID);
  }
}
