package io.headwater.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * Takes {@code avro.java.string} out of a schema. Avro's code generator puts it into the schemas of
 * generated classes; other languages have no use for it.
 */
final class JavaHints {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JavaHints() {}

  static Schema without(Schema schema) {
    try {
      return new Schema.Parser().parse(strip(JSON.readTree(schema.toString())).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Avro printed a schema that is not JSON", e);
    }
  }

  private static JsonNode strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("avro.java.string");
    }
    node.forEach(JavaHints::strip);
    return node;
  }
}
