package io.headwater.schemas;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Keeps a new version of every topic's schema that has changed; {@code README.md} says when. */
final class KeepSchemas {
  private KeepSchemas() {}

  /** The one argument is the folder of the history. */
  public static void main(String[] args) throws IOException {
    SchemaHistory history = new SchemaHistory(Path.of(args[0]));
    for (Map.Entry<String, Schema> topic : SchemaHistory.current().entrySet()) {
      Optional<Path> kept = history.keep(topic.getKey(), topic.getValue());
      kept.ifPresent(file -> System.out.println("kept " + Path.of(args[0]).relativize(file)));
    }
  }
}
