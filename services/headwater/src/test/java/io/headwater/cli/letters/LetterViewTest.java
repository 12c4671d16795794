package io.headwater.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Message;
import io.headwater.cli.letters.OriginalRecords.Search;
import io.headwater.schemas.SchemaRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LetterViewTest {
  private final SchemaRegistry registry = Letters.registry();
  private final LetterView view = new LetterView(Letters.TOPICS, registry);

  @Test
  void showsAValueThatCanBeReadAsJson() {
    byte[] value =
        registry
            .encoder(Letters.TOPICS.messages())
            .encode(Message.newBuilder().setText("one\u001B[31m two\u009B").build());
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", "a\u202Eb".getBytes(UTF_8)).add("none", null);
    headers.add("bytes", new byte[] {0, -1});

    List<String> lines = lines(Letters.stored("3@1042", record(value, headers)));

    assertThat(lines)
        .startsWith(
            "letter   3@1042",
            "stage    tokenizer",
            "cause    NOT_AVRO: the value is not in the registry's Avro wire format",
            "detail   why it died",
            "origin   messages-1@40",
            "time     2026-01-31T12:00:00.250Z",
            "rounds   0",
            "status   new",
            "key      \"bo\"",
            "headers  trace = \"a\uFFFDb\"",
            "         none = null",
            "         bytes = 0x00ff (2 bytes)",
            "value    %d B, as Message:".formatted(value.length),
            "{")
        .contains("  \"text\" : \"one\\u001B[31m two\\u009b\",");
    assertThat(String.join("", lines)).doesNotContain("\u001B", "\u009B", "\u202E");
  }

  @Test
  void showsOtherBytesInHexadecimal() {
    byte[] value = "no avro\u001B at all, none".getBytes(UTF_8);

    assertThat(lines(Letters.stored("3@1042", record(value, new RecordHeaders()))))
        .endsWith(
            "headers  none",
            "value    21 B, cannot be read as Message: The value (21 bytes) does not begin with the"
                + " wire format's magic byte and a schema id",
            "00000000  6e 6f 20 61 76 72 6f 1b 20 61 74 20 61 6c 6c 2c  |no avro. at all,|",
            "00000010  20 6e 6f 6e 65 " + " ".repeat(32) + "  | none|");
  }

  @Test
  void showsOnlyTheBeginningOfMuch() {
    List<String> lines =
        lines(Letters.stored("3@1042", record(new byte[600], new RecordHeaders())));

    assertThat(lines).filteredOn(line -> line.matches("[0-9a-f]{8} .*")).hasSize(32);
    assertThat(lines.get(lines.size() - 1)).isEqualTo("... 88 more bytes; --raw writes all");
  }

  @Test
  void saysWhenAndWhereItWasReplayed() {
    StoredLetter letter = Letters.stored("3@1042", 40);

    assertThat(
            view.lines(
                letter,
                new Search.Found(OriginalRecord.of(letter.letter())),
                Letters.marks(Letters.mark("3@1042", 40))))
        .contains("status   replayed at 2026-01-31T12:00:00.250Z to messages-1, round 1");
  }

  @Test
  void saysWhyAValueIsLost() {
    assertThat(
            view.lines(
                Letters.stored("3@1042", 40), new Search.Gone("it is gone"), Letters.marks()))
        .endsWith("key      \"bo\"", "value    lost: it is gone");
  }

  private List<String> lines(StoredLetter letter) {
    return view.lines(
        letter, new Search.Found(OriginalRecord.of(letter.letter())), Letters.marks());
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value, RecordHeaders headers) {
    return Letters.record(40, Letters.KEY, value, headers);
  }
}
