package io.headwater.schemas;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaHistoryTest {
  private static final Schema A = SchemaBuilder.record("R").fields().requiredInt("a").endRecord();
  private static final Schema A_AND_OPTIONAL_B =
      SchemaBuilder.record("R").fields().requiredInt("a").optionalString("b").endRecord();
  private static final Schema A_AND_B =
      SchemaBuilder.record("R").fields().requiredInt("a").requiredString("b").endRecord();
  private static final Schema OPTIONAL_B =
      SchemaBuilder.record("R").fields().optionalString("b").endRecord();

  @TempDir Path folder;

  @Test
  void everyTopicsSchemaReadsTheRecordsOfEveryKeptVersion() {
    Path kept = Path.of(requireNonNull(System.getProperty("headwater.root")), "schemas", "history");

    assertThat(new SchemaHistory(kept).faults(SchemaHistory.current())).isEmpty();
  }

  @Test
  void aTopicWithoutHistoryIsToldHowToGetOne() {
    SchemaHistory history = new SchemaHistory(folder);

    assertThat(history.faults(Map.of("new-value", A)))
        .singleElement()
        .asString()
        .startsWith("new-value has no kept version")
        .contains(SchemaHistory.KEEP);
  }

  @Test
  void aChangedSchemaIsToldToBeKept() throws IOException {
    SchemaHistory history = kept(A);

    assertThat(history.faults(Map.of("r-value", A_AND_OPTIONAL_B)))
        .singleElement()
        .asString()
        .startsWith("r-value differs from v1")
        .contains(SchemaHistory.KEEP, "history/r-value/v2.avsc");
  }

  @Test
  void aChangedDocIsAChangeToo() throws IOException {
    SchemaHistory history = kept(A);
    Schema told = SchemaBuilder.record("R").doc("Told.").fields().requiredInt("a").endRecord();

    assertThat(history.faults(Map.of("r-value", told))).hasSize(1);
  }

  @Test
  void aNewFieldWithoutADefaultIsRefused() throws IOException {
    SchemaHistory history = kept(A);

    assertThat(history.faults(Map.of("r-value", A_AND_B)))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .startsWith("r-value cannot read records of v1")
                    .contains("give every new field a default"));
  }

  @Test
  void aSchemaThatReadsTheLastVersionButNotTheFirstIsRefused() throws IOException {
    SchemaHistory history = kept(A, OPTIONAL_B, OPTIONAL_B);
    assertThat(history.versions("r-value")).containsExactly(A, OPTIONAL_B);
    Schema widened =
        SchemaBuilder.record("R")
            .fields()
            .name("a")
            .type()
            .stringType()
            .stringDefault("")
            .optionalString("b")
            .endRecord();

    assertThat(history.faults(Map.of("r-value", widened)))
        .anyMatch(fault -> fault.startsWith("r-value cannot read records of v1"))
        .noneMatch(fault -> fault.startsWith("r-value cannot read records of v2"));
  }

  @Test
  void theRealCheckFailsWhenAMessageGetsAFieldWithoutADefault() throws IOException {
    SchemaHistory history = new SchemaHistory(folder);
    Map<String, Schema> current = SchemaHistory.current();
    for (var topic : current.entrySet()) {
      assertThat(history.keep(topic.getKey(), topic.getValue())).isPresent();
    }
    assertThat(history.faults(current)).isEmpty();
    String planted =
        requireNonNull(current.get("messages-value"))
            .toString()
            .replaceFirst(
                "\"fields\":\\[",
                "\"fields\":[{\"name\":\"planted\",\"type\":\"string\",\"doc\":\"Planted.\"},");

    current.put("messages-value", new Schema.Parser().parse(planted));

    assertThat(history.faults(current))
        .anyMatch(fault -> fault.startsWith("messages-value cannot read records of v1"))
        .allMatch(fault -> fault.startsWith("messages-value"));
  }

  @Test
  void historyOfNoTopicIsPointedOut() throws IOException {
    SchemaHistory history = kept(A);
    Files.createDirectories(folder.resolve("gone-value"));

    assertThat(history.faults(Map.of("r-value", A)))
        .singleElement()
        .asString()
        .startsWith("history/gone-value belongs to no topic");
  }

  @Test
  void anUnchangedSchemaIsNotKeptAgain() throws IOException {
    SchemaHistory history = kept(A);

    assertThat(history.keep("r-value", A)).isEmpty();
    assertThat(history.versions("r-value")).containsExactly(A);
  }

  private SchemaHistory kept(Schema... versions) throws IOException {
    SchemaHistory history = new SchemaHistory(folder);
    for (Schema version : versions) {
      history.keep("r-value", version);
    }
    return history;
  }
}
