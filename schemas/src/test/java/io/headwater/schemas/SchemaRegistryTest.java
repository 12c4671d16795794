package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.headwater.avro.Message;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {
  private final MockSchemaRegistryClient client = new MockSchemaRegistryClient();
  private final SchemaRegistry registry = SchemaRegistry.over(client);

  @Test
  void nothingIsRegisteredUntilToldTo() {
    assertThat(TOPICS.all()).allSatisfy(topic -> assertThat(registry.idOf(topic)).isEmpty());
  }

  @Test
  void registersEveryTopicForBackwardTransitiveChanges() throws Exception {
    registry.register(TOPICS.all());

    for (Topic<?> topic : TOPICS.all()) {
      assertThat(registry.idOf(topic)).as(topic.name()).isPresent();
      assertThat(client.getCompatibility(topic.subject())).isEqualTo("BACKWARD_TRANSITIVE");
    }
  }

  @Test
  void registeringTwiceChangesNothing() throws Exception {
    registry.register(TOPICS.all());
    var ids = TOPICS.all().stream().collect(Collectors.toMap(Topic::subject, registry::idOf));

    registry.register(TOPICS.all());

    for (Topic<?> topic : TOPICS.all()) {
      assertThat(registry.idOf(topic)).isEqualTo(ids.get(topic.subject()));
      assertThat(client.getAllVersions(topic.subject())).containsExactly(1);
    }
  }

  @Test
  void outsidersSeeTheSchemasWithoutJavaHints() throws Exception {
    registry.register(TOPICS.all());

    for (String subject : client.getAllSubjects()) {
      assertThat(client.getLatestSchemaMetadata(subject).getSchema())
          .doesNotContain("avro.java")
          .contains("\"doc\"");
    }
  }

  @Test
  void aSchemaThatIsNotRegisteredNamesTheCommandThatRegistersIt() {
    RecordEncoder<Message> encoder = registry.encoder(TOPICS.messages());

    assertThatExceptionOfType(SchemaNotRegisteredException.class)
        .isThrownBy(() -> encoder.encode(RegisteredRiver.message("hello")))
        .withMessageContaining("`headwater schemas register`")
        .withMessageContaining("messages-value");
  }

  @Test
  void anEncoderThatFailedForWantOfASchemaWorksOnceItIsThere() {
    RecordEncoder<Message> encoder = registry.encoder(TOPICS.messages());
    assertThatExceptionOfType(SchemaNotRegisteredException.class)
        .isThrownBy(() -> encoder.encode(RegisteredRiver.message("hello")));

    registry.register(List.of(TOPICS.messages()));

    assertThat(encoder.encode(RegisteredRiver.message("hello"))).isNotEmpty();
  }

  @Test
  void aRegistrationThatTheRegistryRefusesNamesTheSubject() {
    SchemaRegistry refusing =
        SchemaRegistry.over(
            new MockSchemaRegistryClient() {
              @Override
              public String updateCompatibility(String subject, String level)
                  throws IOException, RestClientException {
                throw new RestClientException("not allowed here", 403, 40301);
              }
            });

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> refusing.register(TOPICS.all()))
        .withMessageContaining("messages-value")
        .withMessageContaining("not allowed here");
  }
}
