package io.headwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaDocsTest {
  @Test
  void everyRecordEnumAndFieldOfEveryTopicIsDocumented() {
    List<String> silent = new ArrayList<>();
    Set<String> seen = new HashSet<>();

    for (Topic<?> topic : new HeadwaterTopics("").all()) {
      collect(topic.schema(), seen, silent);
    }

    assertThat(silent).as("give these a \"doc\" in src/main/avro").isEmpty();
    assertThat(seen).hasSizeGreaterThan(15);
  }

  @Test
  void aFieldWithoutADocIsFound() {
    Schema schema =
        SchemaBuilder.record("R").doc("Told.").fields().requiredString("silent").endRecord();
    List<String> silent = new ArrayList<>();

    collect(schema, new HashSet<>(), silent);

    assertThat(silent).containsExactly("R.silent");
  }

  private static void collect(Schema schema, Set<String> seen, List<String> silent) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          note(schema.getDoc(), schema.getFullName(), silent);
          for (Schema.Field field : schema.getFields()) {
            note(field.doc(), schema.getFullName() + "." + field.name(), silent);
            collect(field.schema(), seen, silent);
          }
        }
      }
      case ENUM -> note(schema.getDoc(), schema.getFullName(), silent);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, seen, silent));
      case ARRAY -> collect(schema.getElementType(), seen, silent);
      case MAP -> collect(schema.getValueType(), seen, silent);
      default -> {
        // The simple types have no docs of their own.
      }
    }
  }

  private static void note(String doc, String name, List<String> silent) {
    if (doc == null || doc.isBlank()) {
      silent.add(name);
    }
  }
}
