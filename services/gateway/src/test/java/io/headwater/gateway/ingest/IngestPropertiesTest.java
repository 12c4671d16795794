package io.headwater.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IngestPropertiesTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final MessageParser parser =
      new MessageParser(
          IngestLimits.ofText(1_000), MessageDefaults.NONE, Clock.systemUTC(), () -> "made");
  private final BatchParser batches = new BatchParser(parser, 10);

  @Property(tries = 300)
  void anyJsonIsAMessageOrFaults(@ForAll("json") JsonNode json) {
    Parsed parsed = parser.parse(0, json);

    assertThat(parsed).isNotNull();
    if (parsed instanceof Parsed.Accepted accepted) {
      assertThat(accepted.message().getText())
          .isEqualTo(Strings.scalar(accepted.message().getText()));
    }
  }

  @Property(tries = 300)
  void anyJsonBodyIsMessagesOrFaults(@ForAll("json") JsonNode json, @ForAll BodyFormat format)
      throws JsonProcessingException {
    ParsedBatch batch = batches.parse(MAPPER.writeValueAsBytes(json), format);

    assertThat(batch.messages().isEmpty()).isNotEqualTo(batch.faults().isEmpty());
  }

  @Property(tries = 300)
  void anyBytesAreMessagesOrFaults(@ForAll byte[] body, @ForAll BodyFormat format) {
    ParsedBatch batch = batches.parse(body, format);

    assertThat(batch.messages().isEmpty()).isNotEqualTo(batch.faults().isEmpty());
  }

  @Property(tries = 300)
  void anyBrokenBodyIsFaults(@ForAll("json") JsonNode json, @ForAll int cut)
      throws JsonProcessingException {
    String whole = MAPPER.writeValueAsString(List.of(json, json));
    String part = whole.substring(0, Math.floorMod(cut, whole.length()));

    ParsedBatch batch = batches.parse(part.getBytes(StandardCharsets.UTF_8), BodyFormat.JSON);

    assertThat(batch.faults()).isNotEmpty();
  }

  @Property(tries = 300)
  void everyTextWithinTheLimitArrivesAsItsScalarValues(@ForAll("anyText") String text)
      throws JsonProcessingException {
    ObjectNode node = NODES.objectNode().put("text", text);

    Parsed parsed = parser.parse(0, node);

    byte[] expected = text.getBytes(StandardCharsets.UTF_8);
    String arrived = ((Parsed.Accepted) parsed).message().getText();
    // Java's encoder puts ? where the text has no scalar value.
    assertThat(arrived.replace('\uFFFD', '?').getBytes(StandardCharsets.UTF_8))
        .isEqualTo(
            new String(expected, StandardCharsets.UTF_8)
                .replace('\uFFFD', '?')
                .getBytes(StandardCharsets.UTF_8));
    assertThat(Strings.utf8Length(arrived))
        .isEqualTo(arrived.getBytes(StandardCharsets.UTF_8).length);
  }

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\uFFFF')
        .withChars('\uD83D', '\uDE00', 'a')
        .ofMaxLength(30);
  }

  @Provide
  Arbitrary<JsonNode> json() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            anyText().map(TextNode::valueOf),
            Arbitraries.of("en", "sentiment", "2026-01-01T00:00:00Z", "").map(TextNode::valueOf),
            Arbitraries.longs().map(NODES::numberNode),
            Arbitraries.bigIntegers().map(NODES::numberNode),
            Arbitraries.doubles().map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            Arbitraries.just(NODES.nullNode()));
    return grown(grown(leaves));
  }

  private static Arbitrary<JsonNode> grown(Arbitrary<JsonNode> smaller) {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(HostileBodies.KNOWN_FIELDS), Arbitraries.strings().ofMaxLength(5));
    return Arbitraries.oneOf(
        smaller,
        smaller.list().ofMaxSize(3).map(IngestPropertiesTest::array),
        Arbitraries.maps(names, smaller).ofMaxSize(6).map(IngestPropertiesTest::object));
  }

  private static JsonNode array(List<JsonNode> items) {
    ArrayNode array = NODES.arrayNode();
    array.addAll(items);
    return array;
  }

  private static JsonNode object(Map<String, JsonNode> fields) {
    ObjectNode object = NODES.objectNode();
    object.setAll(fields);
    return object;
  }
}
