package io.headwater.schemas;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/**
 * The released versions of every topic's schema, as files {@code SUBJECT/vN.avsc}: what records in
 * a running river may have been written with.
 */
record SchemaHistory(Path folder) {
  static final String KEEP =
      "./mvnw -q -Dquick -Pkeep-schemas -pl schemas -am process-test-classes";

  /** The current schemas by subject, as outsiders see them. */
  static Map<String, Schema> current() {
    Map<String, Schema> schemas = new TreeMap<>();
    for (Topic<?> topic : new HeadwaterTopics("").all()) {
      schemas.put(topic.subject(), JavaHints.without(topic.schema()));
    }
    return schemas;
  }

  /** One line, with its remedy, for everything that is wrong with {@code schemas}. */
  List<String> faults(Map<String, Schema> schemas) {
    List<String> faults = new ArrayList<>();
    schemas.forEach((subject, schema) -> faults.addAll(faults(subject, schema)));
    for (String subject : subjects()) {
      if (!schemas.containsKey(subject)) {
        faults.add(
            "history/%s belongs to no topic: remove the folder, or bring the topic back"
                .formatted(subject));
      }
    }
    return faults;
  }

  private List<String> faults(String subject, Schema schema) {
    List<Schema> kept = versions(subject);
    if (kept.isEmpty()) {
      return List.of(
          "%s has no kept version: run `%s` and commit history/%s/v1.avsc"
              .formatted(subject, KEEP, subject));
    }
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      List<String> reasons = misfits(schema, kept.get(i));
      if (!reasons.isEmpty()) {
        faults.add(
            ("%s cannot read records of v%d (%s): give every new field a default, keep the types and"
                    + " names of the old ones, or make a new topic")
                .formatted(subject, i + 1, reasons.get(0)));
      }
    }
    if (!schema.toString().equals(kept.get(kept.size() - 1).toString())) {
      faults.add(
          "%s differs from v%d, its last kept version: run `%s` and commit history/%s/v%d.avsc"
              .formatted(subject, kept.size(), KEEP, subject, kept.size() + 1));
    }
    return faults;
  }

  /** Keeps {@code schema} as the subject's next version, unless the last one is the same. */
  Optional<Path> keep(String subject, Schema schema) throws IOException {
    List<Schema> kept = versions(subject);
    if (!kept.isEmpty() && schema.toString().equals(kept.get(kept.size() - 1).toString())) {
      return Optional.empty();
    }
    Path file = file(subject, kept.size() + 1);
    Files.createDirectories(folder.resolve(subject));
    Files.writeString(file, SchemaFormatter.format("json/pretty", schema) + "\n");
    return Optional.of(file);
  }

  /** The kept versions of a subject, the oldest first. */
  List<Schema> versions(String subject) {
    List<Schema> versions = new ArrayList<>();
    for (Path file = file(subject, 1); Files.exists(file); ) {
      try {
        versions.add(new Schema.Parser().parse(Files.readString(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      file = file(subject, versions.size() + 1);
    }
    return versions;
  }

  private List<String> subjects() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String subject, int version) {
    return folder.resolve(subject).resolve("v" + version + ".avsc");
  }

  /** What the registry itself would say. */
  private static List<String> misfits(Schema reader, Schema writer) {
    ParsedSchemaHolder previous = new SimpleParsedSchemaHolder(new AvroSchema(writer));
    return new AvroSchema(reader)
        .isCompatible(CompatibilityLevel.BACKWARD_TRANSITIVE, List.of(previous));
  }
}
