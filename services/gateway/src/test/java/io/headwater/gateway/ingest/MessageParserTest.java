package io.headwater.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

  private final MessageParser parser = parser(MessageDefaults.NONE);

  private static MessageParser parser(MessageDefaults defaults) {
    return new MessageParser(
        new IngestLimits(64, 16, 32), defaults, Clock.fixed(NOW, ZoneOffset.UTC), () -> "made");
  }

  @Test
  void fillsInWhatAMessageLeavesOut() {
    Message message = accepted("{'text':'hi'}");

    assertThat(message.getId()).isEqualTo("made");
    assertThat(message.getText()).isEqualTo("hi");
    assertThat(message.getSource()).isEqualTo("unknown");
    assertThat(message.getSentAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123Z"));
    assertThat(message.getLanguage()).isNull();
    assertThat(message.getTasks()).isNull();
    assertThat(message.getExplain()).isFalse();
    assertThat(message.getAttributes()).isEmpty();
  }

  @Test
  void takesEveryFieldOfTheSchema() {
    Message message =
        accepted(
            "{'id':'7','text':'x','language':'EN-us','source':'s','author':'a',"
                + "'conversation':'c','sentAt':'2026-01-31T13:00:00+01:00','tasks':['sentiment'],"
                + "'targetLanguage':'de','explain':true,'attributes':{'k':'v'}}");

    assertThat(message.getId()).isEqualTo("7");
    assertThat(message.getLanguage()).isEqualTo("en-US");
    assertThat(message.getSource()).isEqualTo("s");
    assertThat(message.getAuthor()).isEqualTo("a");
    assertThat(message.getConversation()).isEqualTo("c");
    assertThat(message.getSentAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(message.getTasks()).containsExactly("sentiment");
    assertThat(message.getTargetLanguage()).isEqualTo("de");
    assertThat(message.getExplain()).isTrue();
    assertThat(message.getAttributes()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void coversTheWholeSchema() {
    List<String> names =
        Message.getClassSchema().getFields().stream().map(field -> field.name()).toList();

    for (String name : names) {
      Parsed parsed = parse("{'text':'x','%s':[[]]}".formatted(name));
      assertThat(((Parsed.Rejected) parsed).faults())
          .as(name)
          .extracting(Fault::reason)
          .doesNotContain("unknown field");
    }
  }

  @Test
  void usesTheDefaultsItIsGiven() {
    MessageParser german = parser(new MessageDefaults("tickets", Optional.of("de")));

    Message message =
        ((Parsed.Accepted) german.parse(0, node("{'text':'x','source':null}"))).message();

    assertThat(message.getSource()).isEqualTo("tickets");
    assertThat(message.getLanguage()).isEqualTo("de");
  }

  @Test
  void takesAnEmptyText() {
    assertThat(accepted("{'text':''}").getText()).isEmpty();
  }

  @Test
  void replacesUnpairedSurrogatesAndKeepsPairs() {
    Message message = accepted("{'text':'a\\ud800b\\udc00\\ud83d\\ude00\\ud83d'}");

    assertThat(message.getText()).isEqualTo("a\uFFFDb\uFFFD\uD83D\uDE00\uFFFD");
  }

  @Test
  void takesATimeInMilliseconds() {
    assertThat(accepted("{'text':'','sentAt':1700000000000}").getSentAt())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|text|is required",
        "{'text':null}|text|is required",
        "{'text':7}|text|must be a string, not number",
        "{'text':'x','txet':'x'}|txet|unknown field",
        "{'text':'x','id':''}|id|must not be blank",
        "{'text':'x','id':7}|id|must be a string",
        "{'text':'x','id':'12345678901234567'}|id|longer than 16 bytes",
        "{'text':'x','language':' '}|language|BCP 47",
        "{'text':'x','language':'en_US'}|language|BCP 47",
        "{'text':'x','language':'english'}|language|BCP 47",
        "{'text':'x','language':'xx'}|language|BCP 47",
        "{'text':'x','targetLanguage':'1'}|targetLanguage|BCP 47",
        "{'text':'x','sentAt':'yesterday'}|sentAt|ISO 8601",
        "{'text':'x','sentAt':'2026-01-31T12:00:00'}|sentAt|ISO 8601",
        "{'text':'x','sentAt':-1}|sentAt|from 1970",
        "{'text':'x','sentAt':1.5}|sentAt|whole milliseconds",
        "{'text':'x','sentAt':99999999999999999999}|sentAt|whole milliseconds",
        "{'text':'x','sentAt':9223372036854775807}|sentAt|to 9999",
        "{'text':'x','tasks':'sentiment'}|tasks|must be a list",
        "{'text':'x','tasks':[]}|tasks|must be a list",
        "{'text':'x','tasks':['sarcasm']}|tasks|unknown task",
        "{'text':'x','tasks':[1]}|tasks|unknown task",
        "{'text':'x','explain':'yes'}|explain|true or false",
        "{'text':'x','attributes':[]}|attributes|must be an object",
        "{'text':'x','attributes':{'a':1}}|attributes.a|must be a string",
        "{'text':'x','attributes':{'a':'12345678901234567890123456789012'}}|attributes|longer than 32",
      })
  void namesTheFieldAndTheReason(String json, String field, String reason) {
    List<Fault> faults = ((Parsed.Rejected) parse(json)).faults();

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).index()).isEqualTo(3);
    assertThat(faults.get(0).field()).isEqualTo(field);
    assertThat(faults.get(0).reason()).contains(reason);
    assertThat(faults.get(0).tooLarge()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "'x'", "1", "null", "true"})
  void refusesWhatIsNoObject(String json) {
    assertThat(((Parsed.Rejected) parse(json)).faults().get(0).reason())
        .startsWith("must be an object, not ");
  }

  @Test
  void countsTheTextInBytesOfUtf8() {
    assertThat(parse("{'text':'" + "€".repeat(21) + "'}")).isInstanceOf(Parsed.Accepted.class);

    Fault fault = ((Parsed.Rejected) parse("{'text':'" + "€".repeat(22) + "'}")).faults().get(0);

    assertThat(fault.tooLarge()).isTrue();
    assertThat(fault.reason()).isEqualTo("is 66 bytes of UTF-8 and the limit is 64");
  }

  @Test
  void reportsAllFaultsOfAMessageTogether() {
    assertThat(((Parsed.Rejected) parse("{'id':1,'explain':1}")).faults())
        .extracting(Fault::field)
        .containsExactly("text", "id", "explain");
  }

  @Test
  void keysByConversationThenAuthorThenId() {
    assertThat(RecordKeys.of(accepted("{'text':'','id':'i','author':'a','conversation':'c'}")))
        .contains("c");
    assertThat(RecordKeys.of(accepted("{'text':'','id':'i','author':'a'}"))).contains("a");
    assertThat(RecordKeys.of(accepted("{'text':'','id':'i'}"))).contains("i");
  }

  private Message accepted(String json) {
    Parsed parsed = parse(json);
    assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
    return ((Parsed.Accepted) parsed).message();
  }

  private Parsed parse(String json) {
    return parser.parse(3, node(json));
  }

  private static com.fasterxml.jackson.databind.JsonNode node(String json) {
    try {
      return new ObjectMapper().readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
