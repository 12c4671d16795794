package io.headwater.models.packages;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import java.nio.file.Path;

/** The sentiment packages as this module has just assembled it. */
final class ShippedSentiment {

  static final ModelId ID = new ModelId("sentiment-e5-small-v2", "1.3.0");
  static final ModelId INT8 = new ModelId("sentiment-e5-small-v2-int8", "1.3.0");

  private ShippedSentiment() {}

  static ModelPackage open() {
    return open(ID);
  }

  static ModelPackage open(ModelId id) {
    String root = System.getProperty("headwater.packages", "target/packages");
    return new ModelCatalog(Path.of(root)).open(id);
  }
}
