package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import java.util.List;

/**
 * Parses schemas for Confluent's client, and puts a stand-in in place of one that can never be read
 * as Avro: a JSON or Protobuf schema, or Avro that Avro refuses. Without it the client reports such
 * a schema as a failure to reach the registry, and one foreign record would be retried for ever.
 *
 * <p>The stand-in is an empty record whose name tells what it stands for; no topic's type fits it.
 */
final class TolerantSchemaProvider extends AvroSchemaProvider {
  private static final String NAMESPACE = "io.headwater.unreadable";

  private final String type;

  private TolerantSchemaProvider(String type) {
    this.type = requireNonNull(type, "type");
  }

  /** A provider for every type that a registry can hold. */
  static List<SchemaProvider> all() {
    return List.of(
        new TolerantSchemaProvider(AvroSchema.TYPE),
        new TolerantSchemaProvider("JSON"),
        new TolerantSchemaProvider("PROTOBUF"));
  }

  @Override
  public String schemaType() {
    return type;
  }

  @Override
  public ParsedSchema parseSchemaOrElseThrow(Schema schema, boolean isNew, boolean normalize) {
    if (!type.equals(AvroSchema.TYPE)) {
      return standIn();
    }
    try {
      return super.parseSchemaOrElseThrow(schema, isNew, normalize);
    } catch (RuntimeException e) {
      if (!schema.getReferences().isEmpty()) {
        // Perhaps only a reference was out of reach: that is the environment's fault.
        throw e;
      }
      return standIn();
    }
  }

  private ParsedSchema standIn() {
    return new AvroSchema(
        org.apache.avro.Schema.createRecord(type, "Not readable.", NAMESPACE, false, List.of()));
  }
}
