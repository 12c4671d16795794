package io.headwater.cli.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.Message;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.gateway.ingest.MessageDefaults;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.ingest.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class InputReaderTest {
  private static final CsvColumns COMMAS = new CsvColumns("text", ',');
  private static final int MAX_TEXT_BYTES = 20;

  private final InputReader reader = reader(MAX_TEXT_BYTES);

  @Test
  void takesEveryPlainLineAlsoAnEmptyOne() throws IOException {
    assertThat(shown(reader.lines(bytes("one\r\n\ntwo\n{three}"))))
        .containsExactly("1 one", "2 ", "3 two", "4 {three}");
  }

  @Test
  void goesOnAfterALineThatIsNotUtf8() throws IOException {
    byte[] input = "one\n???\ntwo\n".getBytes(StandardCharsets.UTF_8);
    input[5] = (byte) 0xE2;

    assertThat(shown(reader.lines(new ByteArrayInputStream(input))))
        .containsExactly("1 one", "2 !is not valid UTF-8", "3 two");
  }

  @Test
  void goesOnAfterALineThatIsTooLong() throws IOException {
    assertThat(shown(reader.lines(bytes("x".repeat(20) + "\r\n" + "x".repeat(21) + "\nend"))))
        .containsExactly("1 " + "x".repeat(20), "2 !the line is longer than 20 bytes", "3 end");
  }

  @Test
  void readsJsonLinesAndPassesOverBlankOnes() throws IOException {
    assertThat(
            shown(
                reader.jsonLines(
                    bytes(
                        "\uFEFF{\"text\":\"a\\nb\"}\n  \n{\"text\":1}\n[]\n{\"text\":\n"
                            + "{\"text\":\"end\"}"))))
        .containsExactly(
            "1 a\nb",
            "3 !text: must be a string, not number",
            "4 !must be an object, not array",
            "5 !invalid JSON at line 1, column 9: Unexpected end-of-input within/between Object entries",
            "6 end");
  }

  @Test
  void readsCsvByColumnName() throws IOException {
    MessageSource source =
        reader.csv(
            bytes(
                """
                ID,Text,stars,sentAt,author,language
                7,"a, ""b""
                c",5,1700000000000,ann,de
                8,d,,2026-01-31T12:00:00Z,,
                """),
            COMMAS);

    List<Message> messages = accepted(source);

    assertThat(messages).extracting(Message::getText).containsExactly("a, \"b\"\nc", "d");
    assertThat(messages).extracting(Message::getId).containsExactly("7", "8");
    assertThat(messages).extracting(Message::getAuthor).containsExactly("ann", null);
    assertThat(messages).extracting(Message::getLanguage).containsExactly("de", null);
    assertThat(messages)
        .extracting(Message::getSentAt)
        .containsExactly(
            Instant.ofEpochMilli(1_700_000_000_000L), Instant.parse("2026-01-31T12:00:00Z"));
  }

  @Test
  void goesOnAfterBadCsvRecordsAndCountsTheirLines() throws IOException {
    assertThat(
            shown(
                reader.csv(
                    bytes("text,id\n\"two\nlines\",1\nshort\n\nok,2\nbad,3,4\nend,5\n"), COMMAS)))
        .containsExactly(
            "2 two\nlines",
            "4 !has 1 columns and the header has 2",
            "6 ok",
            "7 !has 3 columns and the header has 2",
            "8 end");
  }

  @Test
  void losesOneLineOnlyToAQuoteThatIsClosedInAnother() throws IOException {
    List<String> shown =
        shown(reader.csv(bytes("text,id\na,1\n\"b,2\nc,3\n5\" pipe,4\nd,5\n"), COMMAS));

    assertThat(shown.get(1)).startsWith("3 !a quoted field goes on behind its closing quote");
    assertThat(shown).endsWith("4 c", "5 5\" pipe", "6 d").hasSize(5);
  }

  @Test
  void losesOneLineOnlyToAQuoteThatIsOpenToTheEnd() throws IOException {
    assertThat(shown(reader.csv(bytes("text,id\n\"b,2\nc,3\n"), COMMAS)))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("2 !a quote is opened and not closed"))
        .contains("3 c");
  }

  @Test
  void refusesACarriageReturnInsideARecord() throws IOException {
    assertThat(shown(reader.csv(bytes("text,id\na\rb,1\nc,2\n"), COMMAS)))
        .containsExactly("2 !is no CSV: a carriage return stands outside quotes", "3 c");
  }

  @Test
  void saysWhichColumnsThereAre() {
    assertThatThrownBy(() -> reader.csv(bytes("id,review\n1,x"), COMMAS))
        .isInstanceOf(CsvHeaderException.class)
        .hasMessage(
            "the header has no column 'text'; it has [id, review]: name the one with the texts with"
                + " --text-column");
    assertThatThrownBy(() -> reader.csv(bytes(""), COMMAS)).isInstanceOf(CsvHeaderException.class);
  }

  @Test
  void readsTabsAsWell() throws IOException {
    assertThat(shown(reader.csv(bytes("text\tid\na, b\t1\n"), new CsvColumns("text", '\t'))))
        .containsExactly("2 a, b");
  }

  @Test
  void choosesTheFormatByTheFilesName() {
    assertThat(InputFormat.AUTO.forFile("a/b.JSONL")).isEqualTo(InputFormat.JSONL);
    assertThat(InputFormat.AUTO.forFile("b.tsv")).isEqualTo(InputFormat.CSV);
    assertThat(InputFormat.AUTO.forFile("-")).isEqualTo(InputFormat.LINES);
    assertThat(InputFormat.LINES.forFile("b.csv")).isEqualTo(InputFormat.LINES);
    assertThat(InputFormat.delimiterOf("b.tsv")).isEqualTo('\t');
  }

  @Test
  void doesNotHoldALongLineInMemory() throws IOException {
    InputStream endless =
        new InputStream() {
          private long left = 300L << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] target, int from, int length) {
            int given = (int) Math.min(left, length);
            java.util.Arrays.fill(target, from, from + given, (byte) 'x');
            left -= given;
            return given == 0 ? -1 : given;
          }
        };

    assertThat(shown(reader.lines(endless))).containsExactly("1 !the line is longer than 20 bytes");
  }

  @Property(tries = 200)
  void anyTextsComeBackOutOfCsv(
      @ForAll @Size(max = 6)
          List<@StringLength(max = 8) @Chars({'"', ',', '\n', 'a', 'é'}) String> texts)
      throws IOException {
    String csv =
        "id,text\n"
            + texts.stream()
                .map(text -> "x,\"" + text.replace("\"", "\"\"") + "\"\n")
                .collect(Collectors.joining());

    List<Message> messages = accepted(reader(1_000).csv(bytes(csv), COMMAS));

    assertThat(messages).extracting(Message::getText).isEqualTo(texts);
  }

  @Property(tries = 300)
  void anyBytesAreReadToTheirEndWithoutAnException(
      @ForAll @Size(max = 200) byte[] input, @ForAll @CharRange(from = 'a', to = 'c') char kind)
      throws IOException {
    MessageSource source =
        switch (kind) {
          case 'a' -> reader.lines(new ByteArrayInputStream(input));
          case 'b' -> reader.jsonLines(new ByteArrayInputStream(input));
          default -> reader.csv(csv(input), COMMAS);
        };

    assertThat(shown(source)).isNotNull();
    assertThat(source.bytesRead()).isEqualTo(input.length + (kind == 'c' ? 8 : 0));
  }

  private static InputStream csv(byte[] records) {
    byte[] all =
        java.util.Arrays.copyOf("text,id\n".getBytes(StandardCharsets.UTF_8), 8 + records.length);
    System.arraycopy(records, 0, all, 8, records.length);
    return new ByteArrayInputStream(all);
  }

  private static InputReader reader(int maxTextBytes) {
    MessageParser parser =
        new MessageParser(
            IngestLimits.ofText(maxTextBytes),
            MessageDefaults.NONE,
            Clock.systemUTC(),
            () -> "made");
    return new InputReader(parser, maxTextBytes);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Message> accepted(MessageSource source) throws IOException {
    List<Message> messages = new ArrayList<>();
    Optional<ReadMessage> next = source.next();
    for (; next.isPresent(); next = source.next()) {
      assertThat(next.get().parsed()).isInstanceOf(Parsed.Accepted.class);
      messages.add(((Parsed.Accepted) next.get().parsed()).message());
    }
    return messages;
  }

  /** Line and text of each message; the first fault behind an exclamation mark. */
  private static List<String> shown(MessageSource source) throws IOException {
    List<String> lines = new ArrayList<>();
    Optional<ReadMessage> next = source.next();
    for (; next.isPresent(); next = source.next()) {
      String what =
          next.get().parsed() instanceof Parsed.Accepted accepted
              ? accepted.message().getText()
              : "!" + ((Parsed.Rejected) next.get().parsed()).faults().get(0).sentence();
      lines.add(next.get().line() + " " + what);
    }
    return lines;
  }
}
