package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static io.headwater.schemas.RegisteredRiver.binary;
import static io.headwater.schemas.RegisteredRiver.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Message;
import io.headwater.schemas.Decoded.Healthy;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {
  private final RegisteredRiver river = new RegisteredRiver();

  @Test
  void aRecordOfANewerProducerIsReadWithoutItsNewField() throws Exception {
    Schema newer =
        changed(
            fields -> {
              ObjectNode field = fields.insertObject(1);
              field.put("name", "priority").put("type", "string").put("default", "low");
            });
    byte[] body =
        binary(
            newer,
            new GenericRecordBuilder(newer).set("text", "hello").set("priority", "high").build());

    Decoded<Message> read = river.messageDecoder().decode(wire(river.idOfOther(newer), body));

    assertThat(read).isEqualTo(new Healthy<>(RegisteredRiver.message("hello")));
  }

  @Test
  void aRecordOfAnOlderProducerIsReadWithTheDefaultsOfWhatItLacks() throws Exception {
    Set<String> younger = Set.of("id", "source", "tasks", "explain", "attributes", "sentAt");
    Schema older =
        changed(fields -> fields.removeIf(field -> younger.contains(field.get("name").asText())));
    byte[] body = binary(older, new GenericRecordBuilder(older).set("text", "hello").build());

    Decoded<Message> read = river.messageDecoder().decode(wire(river.idOfOther(older), body));

    Message expected =
        Message.newBuilder()
            .setText("hello")
            .setId("")
            .setSource("unknown")
            .setAttributes(Map.of())
            .build();
    assertThat(read).isEqualTo(new Healthy<>(expected));
  }

  @Test
  void recordsOfManyWritersAreReadByOneDecoder() throws Exception {
    Schema newer =
        changed(
            fields -> {
              ObjectNode field = fields.addObject();
              field.put("name", "priority").put("type", "int").put("default", 1);
            });
    byte[] ours = river.encoded(RegisteredRiver.message("hello"));
    byte[] theirs =
        wire(
            river.idOfOther(newer),
            binary(newer, new GenericRecordBuilder(newer).set("text", "hello").build()));
    RecordDecoder<Message> decoder = river.messageDecoder();

    for (int turn = 0; turn < 3; turn++) {
      assertThat(decoder.decode(ours)).isEqualTo(decoder.decode(theirs));
    }
  }

  private static Schema changed(Consumer<ArrayNode> change) throws JsonProcessingException {
    ObjectNode schema =
        (ObjectNode)
            new ObjectMapper().readTree(JavaHints.without(TOPICS.messages().schema()).toString());
    change.accept((ArrayNode) schema.get("fields"));
    return new Schema.Parser().parse(schema.toString());
  }
}
