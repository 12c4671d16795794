package io.headwater.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Message;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class BatchParserTest {
  private final BatchParser parser =
      new BatchParser(
          new MessageParser(
              IngestLimits.ofText(100), MessageDefaults.NONE, Clock.systemUTC(), () -> "made"),
          3);

  @Test
  void readsOneObjectAnArrayAndLinesInTheirOrder() {
    assertThat(texts(json("{'text':'a'}"))).containsExactly("a");
    assertThat(texts(json("[{'text':'a'},{'text':'b'}]"))).containsExactly("a", "b");
    assertThat(texts(lines("{'text':'a'}\n\r\n\n{'text':'b'}\r\n"))).containsExactly("a", "b");
  }

  @Test
  void passesOverAByteOrderMark() {
    assertThat(texts(json("\uFEFF{'text':'a'}"))).containsExactly("a");
  }

  @Test
  void hasNoMessagesWhenOneIsBad() {
    ParsedBatch batch = json("[{'text':'a'},{'text':1},{'text':'b'}]");

    assertThat(batch.messages()).isEmpty();
    assertThat(batch.faults()).containsExactly(Fault.of(1, "text", "must be a string, not number"));
  }

  @Test
  void countsEmptyLinesSoThatTheIndexIsTheLine() {
    assertThat(lines("\n\n{'text':1}").faults().get(0).index()).isEqualTo(2);
  }

  @Test
  void saysWhereJsonIsBroken() {
    Fault fault = json("[{'text':'a'},\n {'text' 'b'}]").faults().get(0);

    assertThat(fault.index()).isEqualTo(1);
    assertThat(fault.reason()).startsWith("invalid JSON at line 2, column ");
  }

  @Test
  void refusesWhatFollowsTheMessage() {
    assertThat(json("{'text':'a'} {'text':'b'}").faults()).hasSize(1);
    assertThat(json("[{'text':'a'}] 1").faults()).hasSize(1);
    assertThat(lines("{'text':'a'}{'text':'b'}").faults()).hasSize(1);
  }

  @Test
  void refusesAFieldThatIsThereTwice() {
    assertThat(json("{'text':'a','text':'b'}").faults().get(0).reason()).contains("Duplicate");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] body = "{\"text\":\"ab\"}".getBytes(StandardCharsets.UTF_8);
    body[10] = (byte) 0xC0;

    ParsedBatch batch = parser.parse(body, BodyFormat.JSON);

    assertThat(batch.faults())
        .containsExactly(Fault.of(Fault.WHOLE, "", "byte 10 is not valid UTF-8"));
  }

  @Test
  void refusesABodyWithoutAMessage() {
    assertThat(json("").faults()).hasSize(1);
    assertThat(json("[]").faults()).hasSize(1);
    assertThat(lines("\n\n").faults()).hasSize(1);
  }

  @Test
  void refusesMoreMessagesThanTheBound() {
    ParsedBatch batch = json("[{'text':''},{'text':''},{'text':''},{'text':''},{'text':''}]");

    assertThat(batch.onlyTooLarge()).isTrue();
    assertThat(batch.faults().get(0).reason()).isEqualTo("there are more than 3 messages");
  }

  @Test
  void tellsTooLongTextsFromOtherFaults() {
    String longText = "{'text':'" + "x".repeat(101) + "'}";

    assertThat(json(longText).onlyTooLarge()).isTrue();
    assertThat(json("[" + longText + ",{}]").onlyTooLarge()).isFalse();
  }

  @Test
  void refusesNestingThatIsTooDeep() {
    ParsedBatch batch = json("[".repeat(100_000));

    assertThat(batch.faults().get(0).reason()).startsWith("invalid JSON");
  }

  @Test
  void stopsAfterAFewFaults() {
    assertThat(json("[" + "1,".repeat(1_000) + "1]").faults()).hasSize(20);
  }

  private java.util.List<String> texts(ParsedBatch batch) {
    assertThat(batch.faults()).isEmpty();
    return batch.messages().stream().map(Message::getText).toList();
  }

  private ParsedBatch json(String text) {
    return parser.parse(bytes(text), BodyFormat.JSON);
  }

  private ParsedBatch lines(String text) {
    return parser.parse(bytes(text), BodyFormat.JSON_LINES);
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
