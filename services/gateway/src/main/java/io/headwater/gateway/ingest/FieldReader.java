package io.headwater.gateway.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.schemas.HeadwaterTopics;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of one message and collects what is wrong with them. A field that is null counts
 * as one that is not there. Single use, one thread.
 */
final class FieldReader {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final int index;
  private final ObjectNode fields;
  private final IngestLimits limits;
  private final List<Fault> faults = new ArrayList<>();

  FieldReader(int index, ObjectNode fields, IngestLimits limits) {
    this.index = index;
    this.fields = fields;
    this.limits = limits;
  }

  List<Fault> faults() {
    return faults;
  }

  void refuseOthersThan(Set<String> known) {
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                fault(Strings.quoted(name), "unknown field");
              }
            });
  }

  /** A text: required, of any length up to the limit, also empty. */
  String text(String name) {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      fault(name, "is required");
      return "";
    }
    String text = string(name, value.get()).orElse("");
    if (Strings.utf8Length(text) > limits.maxTextBytes()) {
      faults.add(
          Fault.tooLarge(
              index,
              name,
              "is %d bytes of UTF-8 and the limit is %d"
                  .formatted(Strings.utf8Length(text), limits.maxTextBytes())));
    }
    return text;
  }

  /** An id or a name: short and not blank. */
  Optional<String> name(String name) {
    Optional<String> value = present(name).flatMap(node -> string(name, node));
    if (value.filter(String::isBlank).isPresent()) {
      fault(name, "must not be blank; leave it out instead");
    }
    if (value.filter(text -> Strings.utf8Length(text) > limits.maxFieldBytes()).isPresent()) {
      fault(name, "is longer than %d bytes of UTF-8".formatted(limits.maxFieldBytes()));
    }
    return value;
  }

  Optional<String> language(String name) {
    Optional<String> value = present(name).flatMap(node -> string(name, node));
    Optional<String> tag = value.flatMap(LanguageTags::canonical);
    if (value.isPresent() && tag.isEmpty()) {
      fault(name, "must be a BCP 47 language tag such as en or pt-BR");
    }
    return tag;
  }

  /** A time as ISO 8601 with an offset, or as milliseconds since the epoch. */
  Optional<Instant> instant(String name) {
    Optional<JsonNode> value = present(name);
    Optional<Instant> instant = value.flatMap(FieldReader::instant);
    boolean inRange =
        instant.filter(t -> !t.isBefore(Instant.EPOCH) && !t.isAfter(LATEST)).isPresent();
    if (value.isPresent() && !inRange) {
      fault(
          name,
          "must be ISO 8601 with an offset (2026-01-31T12:00:00Z) or whole milliseconds since the"
              + " epoch, from 1970 to 9999");
      return Optional.empty();
    }
    return instant;
  }

  Optional<List<String>> tasks(String name) {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof ArrayNode items) || items.isEmpty()) {
      fault(name, "must be a list of tasks of " + HeadwaterTopics.TASKS + "; leave it out for all");
      return Optional.empty();
    }
    Set<String> tasks = new LinkedHashSet<>();
    for (JsonNode item : items) {
      if (!item.isTextual() || !HeadwaterTopics.TASKS.contains(item.textValue())) {
        fault(name, "names an unknown task; known are " + HeadwaterTopics.TASKS);
        return Optional.empty();
      }
      tasks.add(item.textValue());
    }
    return Optional.of(List.copyOf(tasks));
  }

  boolean flag(String name) {
    Optional<JsonNode> value = present(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      fault(name, "must be true or false");
    }
    return value.filter(JsonNode::booleanValue).isPresent();
  }

  Map<String, String> attributes(String name) {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return Map.of();
    }
    if (!(value.get() instanceof ObjectNode entries)) {
      fault(name, "must be an object of strings");
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    long bytes = 0;
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      String key = Strings.scalar(entry.getKey());
      Optional<String> text = string(name + "." + Strings.quoted(key), entry.getValue());
      if (text.isEmpty()) {
        return Map.of();
      }
      bytes += Strings.utf8Length(key) + Strings.utf8Length(text.get());
      attributes.put(key, text.get());
    }
    if (bytes > limits.maxAttributesBytes()) {
      fault(name, "are longer than %d bytes of UTF-8".formatted(limits.maxAttributesBytes()));
    }
    return attributes;
  }

  private Optional<JsonNode> present(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isNull());
  }

  private Optional<String> string(String name, JsonNode value) {
    if (!value.isTextual()) {
      fault(name, "must be a string, not " + MessageParser.typeOf(value));
      return Optional.empty();
    }
    return Optional.of(Strings.scalar(value.textValue()));
  }

  private static Optional<Instant> instant(JsonNode value) {
    try {
      if (value.isTextual()) {
        return Optional.of(OffsetDateTime.parse(value.textValue()).toInstant());
      }
      return value.isIntegralNumber() && value.canConvertToLong()
          ? Optional.of(Instant.ofEpochMilli(value.longValue()))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void fault(String field, String reason) {
    faults.add(Fault.of(index, field, reason));
  }
}
