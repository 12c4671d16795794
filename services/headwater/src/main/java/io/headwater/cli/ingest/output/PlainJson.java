package io.headwater.cli.ingest.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.SentimentScore;
import io.headwater.schemas.ScoredOn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as JSON that says what it means: no wrappers around the branches of a union, times in
 * ISO 8601, bytes in base64, numbers that JSON has no word for as null.
 */
public final class PlainJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PlainJson() {}

  /** The record as an object, its fields in the order of the schema; scores say of which text. */
  public static ObjectNode of(IndexedRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), node(record.get(field.pos())));
    }
    if (record instanceof SentimentScore score && score.getSkipReason() == null) {
      object.put(ScoredOn.FIELD, ScoredOn.of(score));
    }
    return object;
  }

  /** The value in one line that is harmless for a terminal. */
  public static String line(JsonNode value) {
    try {
      return TerminalText.harmlessJson(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written", e);
    }
  }

  /** The value in indented lines that are harmless for a terminal. */
  public static String lines(JsonNode value) {
    return TerminalText.harmlessJson(value.toPrettyString());
  }

  /** Bytes as JSON. */
  public static JsonNode base64(byte @Nullable [] bytes) {
    return bytes == null
        ? NODES.nullNode()
        : NODES.textNode(Base64.getEncoder().encodeToString(bytes));
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof IndexedRecord record) {
      return of(record);
    }
    if (value instanceof Collection<?> items) {
      ArrayNode array = NODES.arrayNode();
      items.forEach(item -> array.add(node(item)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      // Avro's maps have no order: the same record shall give the same line.
      Map<String, JsonNode> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), node(item)));
      ObjectNode object = NODES.objectNode();
      object.setAll(sorted);
      return object;
    }
    return value instanceof Number number ? number(number) : scalar(value);
  }

  private static JsonNode number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        return NODES.nullNode();
      }
      return number instanceof Float
          ? NODES.numberNode(number.floatValue())
          : NODES.numberNode(number.doubleValue());
    }
    return NODES.numberNode(number.longValue());
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return base64(bytes);
    }
    if (value instanceof Instant time) {
      return NODES.textNode(time.toString());
    }
    return NODES.textNode(value.toString());
  }
}
