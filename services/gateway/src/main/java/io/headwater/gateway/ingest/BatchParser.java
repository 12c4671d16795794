package io.headwater.gateway.ingest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bytes into messages, one JSON value at a time: hostile input is refused before it has grown
 * into a large tree. Whatever the bytes are, nothing is thrown. Thread-safe.
 */
public final class BatchParser {
  /** Faults beyond these add nothing: the sender has enough to mend. */
  private static final int MOST_FAULTS = 20;

  private static final int DEEPEST = 32;
  private static final int MOST_TOKENS = 1_000_000;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              // Jackson would keep twelve thousand names of fields, whoever invents them.
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxTokenCount(MOST_TOKENS)
                      .build())
              .build());

  private final MessageParser parser;
  private final int maxMessages;

  /**
   * A reader.
   *
   * @param maxMessages the most messages of one input
   */
  public BatchParser(MessageParser parser, int maxMessages) {
    this.parser = requireNonNull(parser, "parser");
    this.maxMessages = maxMessages;
  }

  /** Reads a whole input. */
  public ParsedBatch parse(byte[] body, BodyFormat format) {
    StrictText text = StrictText.of(body);
    if (text instanceof StrictText.Valid valid) {
      return parse(valid.text(), format);
    }
    int position = ((StrictText.Invalid) text).position();
    return refused(Fault.of(Fault.WHOLE, "", "byte %d is not valid UTF-8".formatted(position)));
  }

  /** Reads one message out of one text, as a line of a file. */
  public Parsed parseOne(int index, String json) {
    Batch batch = new Batch();
    one(index, json, batch);
    ParsedBatch parsed = batch.result();
    return parsed.faults().isEmpty()
        ? new Parsed.Accepted(parsed.messages().get(0))
        : new Parsed.Rejected(parsed.faults());
  }

  private ParsedBatch parse(String text, BodyFormat format) {
    Batch batch = new Batch();
    if (format == BodyFormat.JSON) {
      document(text, batch);
    } else {
      lines(text, batch);
    }
    return batch.isEmpty()
        ? refused(Fault.of(Fault.WHOLE, "", "there is no message in it"))
        : batch.result();
  }

  private void lines(String text, Batch batch) {
    int index = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (!line.isBlank() && batch.wantsMore()) {
        one(index, line, batch);
      }
      index++;
    }
  }

  private void one(int index, String json, Batch batch) {
    try (JsonParser tokens = MAPPER.createParser(json)) {
      JsonNode value = MAPPER.readTree(tokens);
      if (value == null || value.isMissingNode()) {
        batch.add(Fault.of(index, "", "there is no message in it"));
      } else if (tokens.nextToken() != null) {
        batch.add(Fault.of(index, "", "there is something behind the message"));
      } else {
        batch.add(index, value);
      }
    } catch (IOException e) {
      batch.add(broken(index, e));
    }
  }

  private void document(String text, Batch batch) {
    int index = 0;
    try (JsonParser tokens = MAPPER.createParser(text)) {
      if (tokens.nextToken() != JsonToken.START_ARRAY) {
        one(0, text, batch);
        return;
      }
      for (; tokens.nextToken() != JsonToken.END_ARRAY && batch.wantsMore(); index++) {
        JsonNode value = MAPPER.readTree(tokens);
        batch.add(index, value);
      }
      if (batch.wantsMore() && tokens.nextToken() != null) {
        batch.add(Fault.of(Fault.WHOLE, "", "there is something behind the array"));
      }
    } catch (IOException e) {
      batch.add(broken(index, e));
    }
  }

  private static Fault broken(int index, IOException e) {
    String where =
        e instanceof JsonProcessingException json && json.getLocation() != null
            ? " at line %d, column %d"
                .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr())
            : "";
    String what =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
    return Fault.of(index, "", "invalid JSON%s: %s".formatted(where, Strings.quoted(what)));
  }

  private static ParsedBatch refused(Fault fault) {
    return new ParsedBatch(List.of(), List.of(fault));
  }

  /** What has been read so far. */
  private final class Batch {
    private final List<Message> messages = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    void add(int index, JsonNode value) {
      Parsed parsed = parser.parse(index, value);
      if (parsed instanceof Parsed.Accepted accepted) {
        messages.add(accepted.message());
      } else if (parsed instanceof Parsed.Rejected rejected) {
        faults.addAll(rejected.faults());
      }
      if (messages.size() > maxMessages) {
        faults.clear();
        faults.add(
            Fault.tooLarge(
                Fault.WHOLE, "", "there are more than %d messages".formatted(maxMessages)));
      }
    }

    void add(Fault fault) {
      faults.add(fault);
    }

    boolean wantsMore() {
      return messages.size() <= maxMessages && faults.size() < MOST_FAULTS;
    }

    boolean isEmpty() {
      return messages.isEmpty() && faults.isEmpty();
    }

    ParsedBatch result() {
      return new ParsedBatch(messages, faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
    }
  }
}
