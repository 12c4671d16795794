package io.headwater.cli.ingest.input;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.headwater.gateway.ingest.BatchParser;
import io.headwater.gateway.ingest.Fault;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.ingest.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Opens files as messages. */
public final class InputReader {
  /** A text of the largest size may stand in JSON with six bytes for each of its own. */
  private static final int JSON_EXPANSION = 6;

  private static final int OTHER_FIELDS_BYTES = 1 << 20;

  private final MessageParser parser;
  private final BatchParser jsonParser;
  private final int maxTextBytes;

  /**
   * A reader.
   *
   * @param parser checks each message
   * @param maxTextBytes its text limit; longer lines are not held in memory
   */
  public InputReader(MessageParser parser, int maxTextBytes) {
    this.parser = requireNonNull(parser, "parser");
    this.jsonParser = new BatchParser(parser, 1);
    this.maxTextBytes = maxTextBytes;
  }

  /** Each line a text, also an empty one. */
  public MessageSource lines(InputStream input) {
    ByteSource bytes = new ByteSource(input);
    Lines lines = new Lines(bytes, maxTextBytes);
    return source(bytes, () -> lines.next().map(line -> read(line, this::plain)));
  }

  /** Each line a JSON object; blank lines are passed over. */
  public MessageSource jsonLines(InputStream input) {
    ByteSource bytes = new ByteSource(input);
    Lines lines = new Lines(bytes, maxTextBytes * JSON_EXPANSION + OTHER_FIELDS_BYTES);
    return source(
        bytes,
        () -> {
          Optional<RawLine> line = lines.next();
          while (line.isPresent() && isBlank(line.get())) {
            line = lines.next();
          }
          return line.map(found -> read(found, text -> jsonParser.parseOne(0, text)));
        });
  }

  /**
   * A header, then records.
   *
   * @throws CsvHeaderException when the header does not have the text column
   */
  public MessageSource csv(InputStream input, CsvColumns columns) throws IOException {
    ByteSource bytes = new ByteSource(input);
    CsvRecords records =
        new CsvRecords(bytes, columns.delimiter(), maxTextBytes * 2 + OTHER_FIELDS_BYTES);
    Optional<RawLine> header = records.next();
    if (header.isEmpty()) {
      throw new CsvHeaderException("the file is empty: a CSV file begins with its column names");
    }
    CsvMapping mapping =
        CsvMapping.of(
            header
                .flatMap(RawLine::text)
                .orElseThrow(() -> new CsvHeaderException("the header is not valid UTF-8")),
            columns);
    return source(
        bytes,
        () -> {
          Optional<RawLine> line = records.next();
          while (line.isPresent() && isBlank(line.get())) {
            line = records.next();
          }
          return line.map(found -> read(found, text -> record(mapping, text)));
        });
  }

  private Parsed plain(String text) {
    return parser.parse(0, JsonNodeFactory.instance.objectNode().put("text", text));
  }

  private Parsed record(CsvMapping mapping, String text) {
    CsvMapping.Row row = mapping.row(text);
    return row.fault().isPresent() ? refused(row.fault().get()) : parser.parse(0, row.fields());
  }

  private static boolean isBlank(RawLine line) {
    return line.fault().isEmpty() && line.text().filter(String::isBlank).isPresent();
  }

  private static ReadMessage read(RawLine line, java.util.function.Function<String, Parsed> parse) {
    Parsed parsed =
        line.fault().isPresent()
            ? refused(line.fault().get())
            : line.text().map(parse).orElseGet(() -> refused("is not valid UTF-8"));
    return new ReadMessage(line.number(), parsed);
  }

  private static Parsed refused(String reason) {
    return new Parsed.Rejected(List.of(new Fault(0, "", reason, false)));
  }

  private interface Step {
    Optional<ReadMessage> next() throws IOException;
  }

  private static MessageSource source(ByteSource bytes, Step step) {
    return new MessageSource() {
      @Override
      public Optional<ReadMessage> next() throws IOException {
        return step.next();
      }

      @Override
      public long bytesRead() {
        return bytes.taken();
      }
    };
  }
}
