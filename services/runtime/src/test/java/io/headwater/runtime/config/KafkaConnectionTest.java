package io.headwater.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
  private static final ConfigDef DEFINITION = CommonSettings.define(new ConfigDef());

  @Test
  void readsEverySetting() {
    KafkaConnection connection =
        from(
            Map.of(
                "bootstrap.servers", "broker:1",
                "schema.registry.url", "http://registry",
                "topics.prefix", "staging.",
                "messages.topic", "archive",
                "kafka.security.protocol", "SSL",
                "consumer.max.poll.records", "5",
                "producer.linger.ms", "7",
                "streams.num.standby.replicas", "1",
                "registry.basic.auth.user.info", "me:secret"));

    assertThat(connection)
        .isEqualTo(
            new KafkaConnection(
                "broker:1",
                "http://registry",
                "staging.",
                "archive",
                Map.of("security.protocol", "SSL"),
                Map.of("max.poll.records", "5"),
                Map.of("linger.ms", "7"),
                Map.of("num.standby.replicas", "1"),
                Map.of(
                    "basic.auth.user.info",
                    "me:secret",
                    "basic.auth.credentials.source",
                    "USER_INFO")));
  }

  @Test
  void inWordsItShowsNoSecret() {
    KafkaConnection connection =
        from(
            Map.of(
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.mechanism", "PLAIN",
                "kafka.sasl.username", "me",
                "kafka.sasl.password", "s3cret",
                "registry.basic.auth.user.info", "me:s3cret"));

    assertThat(connection.toString()).doesNotContain("s3cret");
    assertThat(connection.forAdmin().get("sasl.jaas.config")).asString().contains("s3cret");
  }

  @Test
  void everyClientGetsTheBrokersAndTheCommonProperties() {
    KafkaConnection connection = from(Map.of("kafka.security.protocol", "SSL"));
    Map<String, Object> expected =
        Map.of("bootstrap.servers", "localhost:9092", "security.protocol", "SSL");

    assertThat(connection.forAdmin()).isEqualTo(expected);
    assertThat(connection.forConsumer(Map.of())).isEqualTo(expected);
    assertThat(connection.forProducer(Map.of())).isEqualTo(expected);
    assertThat(connection.forStreams(Map.of())).isEqualTo(expected);
  }

  @Test
  void theUsersPropertiesGoBeforeTheServicesOwn() {
    KafkaConnection connection =
        from(
            Map.of("kafka.a", "common", "consumer.b", "user's", "kafka.c", "c", "consumer.c", "d"));

    Map<String, Object> properties =
        connection.forConsumer(Map.of("a", "own", "b", "own", "c", "own", "e", "own"));

    assertThat(properties)
        .containsEntry("a", "common")
        .containsEntry("b", "user's")
        .containsEntry("c", "d")
        .containsEntry("e", "own");
  }

  @Test
  void propertiesOfOneKindOfClientDoNotReachAnother() {
    KafkaConnection connection =
        from(Map.of("consumer.a", "1", "producer.b", "2", "streams.c", "3"));

    assertThat(connection.forConsumer(Map.of())).containsKey("a").doesNotContainKeys("b", "c");
    assertThat(connection.forProducer(Map.of())).containsKey("b").doesNotContainKeys("a", "c");
    assertThat(connection.forAdmin()).doesNotContainKeys("a", "b", "c");
  }

  @Test
  void streamsGetTheConsumersAndProducersPropertiesUnderTheirPrefixes() {
    KafkaConnection connection =
        from(Map.of("consumer.a", "1", "producer.b", "2", "streams.c", "3"));

    assertThat(connection.forStreams(Map.of("consumer.a", "own", "d", "own")))
        .containsEntry("consumer.a", "1")
        .containsEntry("producer.b", "2")
        .containsEntry("c", "3")
        .containsEntry("d", "own")
        .doesNotContainKeys("a", "b");
  }

  @Test
  void whatIsSaidForStreamsAloneGoesBeforeWhatIsSaidForEveryConsumer() {
    KafkaConnection connection =
        from(Map.of("consumer.max.poll.records", "5", "streams.consumer.max.poll.records", "9"));

    assertThat(connection.forStreams(Map.of())).containsEntry("consumer.max.poll.records", "9");
    assertThat(connection.forConsumer(Map.of())).containsEntry("max.poll.records", "5");
  }

  @Test
  void anotherBrokerAndRegistryKeepTheRest() {
    KafkaConnection connection = from(Map.of("topics.prefix", "a.", "consumer.b", "1"));

    KafkaConnection other = connection.reaching("other:2", "http://other");

    assertThat(other.bootstrapServers()).isEqualTo("other:2");
    assertThat(other.registryUrl()).isEqualTo("http://other");
    assertThat(other.reaching(connection.bootstrapServers(), connection.registryUrl()))
        .isEqualTo(connection);
  }

  @Test
  void topicsAreNamedByPrefixAndMessagesTopic() {
    String own = from(Map.of("topics.prefix", "a.")).topics((prefix, name) -> prefix + "|" + name);
    String other =
        from(Map.of("messages.topic", "b")).topics((prefix, name) -> prefix + "|" + name);

    assertThat(own).isEqualTo("a.|");
    assertThat(other).isEqualTo("|b");
  }

  private static KafkaConnection from(Map<String, String> flags) {
    return KafkaConnection.from(SettingsReader.read(DEFINITION, Optional.empty(), Map.of(), flags));
  }
}
