package io.headwater.gateway.ingest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Message;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns one JSON value into a {@link Message}, or tells everything that is wrong with it. Whatever
 * the value is, nothing is thrown. Thread-safe.
 */
public final class MessageParser {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "text",
          "language",
          "source",
          "author",
          "conversation",
          "sentAt",
          "tasks",
          "targetLanguage",
          "explain",
          "attributes");

  private final IngestLimits limits;
  private final MessageDefaults defaults;
  private final Clock clock;
  private final Supplier<String> ids;

  /**
   * A parser.
   *
   * @param clock the time of messages that name none
   * @param ids makes the ids of messages that have none
   */
  public MessageParser(
      IngestLimits limits, MessageDefaults defaults, Clock clock, Supplier<String> ids) {
    this.limits = requireNonNull(limits, "limits");
    this.defaults = requireNonNull(defaults, "defaults");
    this.clock = requireNonNull(clock, "clock");
    this.ids = requireNonNull(ids, "ids");
  }

  /**
   * Reads one message.
   *
   * @param index its position in the input, for the faults
   * @param value what was handed in, of any JSON type
   */
  public Parsed parse(int index, JsonNode value) {
    if (!(value instanceof ObjectNode fields)) {
      return new Parsed.Rejected(
          List.of(Fault.of(index, "", "must be an object, not " + typeOf(value))));
    }
    FieldReader reader = new FieldReader(index, fields, limits);
    reader.refuseOthersThan(FIELDS);
    Message message = new Message();
    message.setText(reader.text("text"));
    message.setId(reader.name("id").orElseGet(ids));
    message.setLanguage(reader.language("language").or(defaults::language).orElse(null));
    message.setSource(reader.name("source").orElse(defaults.source()));
    message.setAuthor(reader.name("author").orElse(null));
    message.setConversation(reader.name("conversation").orElse(null));
    message.setSentAt(
        reader.instant("sentAt").orElseGet(clock::instant).truncatedTo(ChronoUnit.MILLIS));
    message.setTasks(reader.tasks("tasks").orElse(null));
    message.setTargetLanguage(reader.language("targetLanguage").orElse(null));
    message.setExplain(reader.flag("explain") || defaults.explain());
    message.setAttributes(Map.copyOf(reader.attributes("attributes")));
    List<Fault> faults = reader.faults();
    return faults.isEmpty() ? new Parsed.Accepted(message) : new Parsed.Rejected(faults);
  }

  static String typeOf(JsonNode value) {
    JsonNodeType type = value.getNodeType();
    return type == JsonNodeType.MISSING ? "nothing" : type.name().toLowerCase(Locale.ROOT);
  }
}
