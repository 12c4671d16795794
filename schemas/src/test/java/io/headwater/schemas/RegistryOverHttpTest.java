package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static io.headwater.schemas.RegisteredRiver.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Message;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOverHttpTest {
  private static final String PATH = "/schemas/ids/7";
  private static final byte[] HELLO = {0, 10, 'h', 'e', 'l', 'l', 'o', 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private final FakeRegistry server = new FakeRegistry();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsARecordWithTheSchemaThatTheRegistryHas() {
    server.answer(
        PATH, 200, schema("AVRO", JavaHints.without(Message.getClassSchema()).toString()));

    Message hello = Message.newBuilder().setText("hello").setSource("").build();
    assertThat(decode()).isEqualTo(new Healthy<>(hello));
  }

  @ParameterizedTest
  @CsvSource({"500,50001", "503,50003", "401,401", "403,40301", "429,42901", "404,404"})
  void aRegistryThatDoesNotSayWhetherTheSchemaExistsIsUnavailable(int status, int code) {
    server.answer(PATH, status, error(code));

    assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(this::decode);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 502, 200})
  void anAnswerThatIsNoRegistrysIsUnavailable(int status) {
    server.answer(PATH, status, "<html>Welcome to the proxy</html>");

    assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(this::decode);
  }

  @Test
  void aNameAndAPasswordAreSentAndARefusalIsNamed() {
    server.answer(PATH, 401, "");

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(
            () ->
                server
                    .client(
                        Map.of(
                            "basic.auth.credentials.source", "USER_INFO",
                            "basic.auth.user.info", "me:s3cret"))
                    .decoder(TOPICS.messages())
                    .decode(wire(7, HELLO)))
        .withMessageContaining("does not let this client in (HTTP 401): see registry.*")
        .withMessageNotContaining("s3cret");
    assertThat(server.authorization()).isEqualTo("Basic bWU6czNjcmV0");
  }

  @Test
  void aTokenIsSentWhereOneIsSet() {
    server.answer(PATH, 403, "");

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(
            () ->
                server
                    .client(
                        Map.of(
                            "bearer.auth.credentials.source", "STATIC_TOKEN",
                            "bearer.auth.token", "t0ken"))
                    .decoder(TOPICS.messages())
                    .decode(wire(7, HELLO)));
    assertThat(server.authorization()).isEqualTo("Bearer t0ken");
  }

  @Test
  void aRegistryThatIsNotThereIsUnavailableAndTheMessageNamesIt() {
    SchemaRegistry gone = server.client();
    server.close();

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> gone.decoder(TOPICS.messages()).decode(wire(7, HELLO)))
        .withMessageContaining("http://localhost:");
    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> gone.encoder(TOPICS.messages()).encode(RegisteredRiver.message("a")));
    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> gone.register(TOPICS.all()));
  }

  @Test
  void aRegistryThatComesBackIsAskedAgain() {
    RecordDecoder<Message> decoder = server.client().decoder(TOPICS.messages());
    server.answer(PATH, 500, error(50001));
    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> decoder.decode(wire(7, HELLO)));

    server.answer(
        PATH, 200, schema("AVRO", JavaHints.without(Message.getClassSchema()).toString()));

    assertThat(decoder.decode(wire(7, HELLO))).isInstanceOf(Healthy.class);
  }

  @Test
  void anUnknownIdIsAskedForOnceInAWhile() {
    server.answer(PATH, 404, error(40403));
    RecordDecoder<Message> decoder = server.client().decoder(TOPICS.messages());

    for (int i = 0; i < 100; i++) {
      assertThat(cause(decoder.decode(wire(7, HELLO)))).isEqualTo(DeadLetterCause.UNKNOWN_SCHEMA);
    }

    assertThat(server.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "PROTOBUF"})
  void aSchemaThatIsNotAvroBelongsToTheRecordNotToTheEnvironment(String type) {
    server.answer(PATH, 200, schema(type, "syntax = \"proto3\"; message A { string a = 1; }"));

    assertThat(cause(decode())).isEqualTo(DeadLetterCause.INCOMPATIBLE_SCHEMA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\": \"nonsense\"}", "{\"type\": \"record\"}", "no json"})
  void anAvroSchemaThatAvroRefusesBelongsToTheRecordNotToTheEnvironment(String text) {
    server.answer(PATH, 200, schema("AVRO", text));

    assertThat(cause(decode())).isEqualTo(DeadLetterCause.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void aSchemaWhoseReferenceIsOutOfReachIsTheEnvironmentsFault() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("schemaType", "AVRO").put("schema", "{\"type\": \"array\", \"items\": \"Part\"}");
    schema
        .putArray("references")
        .addObject()
        .put("name", "Part")
        .put("subject", "part")
        .put("version", 1);
    server
        .answer(PATH, 200, schema.toString())
        .answer("/subjects/part/versions/1", 500, error(500));

    assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(this::decode);
  }

  @Test
  void aSubjectThatTheRegistryDoesNotHaveHasNoId() {
    server.answer("/subjects/messages-value", 404, error(40401));

    assertThat(server.client().idOf(TOPICS.messages())).isEmpty();
  }

  @Test
  void idsAreNotMadeUpWhenTheRegistryFails() {
    server.answer("/subjects/messages-value", 500, error(50001));

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> server.client().idOf(TOPICS.messages()));
  }

  @Test
  void propertiesOfTheClientMayBeGivenAsText() {
    Map<String, String> text =
        Map.of(
            "missing.id.cache.ttl.sec", "5",
            "missing.version.cache.ttl.sec", "5",
            "missing.schema.cache.ttl.sec", "5",
            "latest.cache.ttl.sec", "5",
            "missing.cache.size", "100",
            "http.read.timeout.ms", "1000",
            "retries.wait.ms", "10");

    assertThat(SchemaRegistry.at("http://localhost:1", text)).isNotNull();
  }

  private Decoded<Message> decode() {
    return server.client().decoder(TOPICS.messages()).decode(wire(7, HELLO));
  }

  private static DeadLetterCause cause(Decoded<Message> answer) {
    return ((Undecodable<Message>) answer).cause();
  }

  private static String schema(String type, String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schemaType", type)
        .put("schema", text)
        .toString();
  }

  private static String error(int code) {
    return "{\"error_code\": %d, \"message\": \"as told\"}".formatted(code);
  }
}
