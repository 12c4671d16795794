package io.headwater.aggregator.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** The schemas that earlier versions wrote to the state stores, kept as resources. */
final class EarlierSchemas {
  private EarlierSchemas() {}

  /** The first {@code count} schemas of a type, oldest first. */
  static Schema[] of(Class<?> type, int count) {
    Schema[] schemas = new Schema[count];
    for (int i = 0; i < count; i++) {
      schemas[i] = read("/headwater-state/%s-%d.avsc".formatted(type.getSimpleName(), i + 1));
    }
    return schemas;
  }

  private static Schema read(String resource) {
    try (InputStream file = EarlierSchemas.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("There is no resource " + resource);
      }
      return new Schema.Parser().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
