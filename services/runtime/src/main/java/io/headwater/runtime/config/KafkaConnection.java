package io.headwater.runtime.config;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How to reach Kafka and the registry.
 *
 * @param bootstrapServers Kafka's brokers to start from
 * @param registryUrl base of the registry's REST API
 * @param topicsPrefix put before topics and consumer groups
 * @param messagesTopic whole name of the topic that messages are read from; empty for the river's
 *     own
 * @param clientProperties properties of every Kafka client (settings under {@code kafka.})
 * @param consumerProperties properties of consumers (under {@code consumer.})
 * @param producerProperties properties of producers (under {@code producer.})
 * @param streamsProperties properties of Kafka Streams (under {@code streams.})
 * @param registryProperties properties of the registry's client (under {@code registry.})
 */
public record KafkaConnection(
    String bootstrapServers,
    String registryUrl,
    String topicsPrefix,
    String messagesTopic,
    Map<String, Object> clientProperties,
    Map<String, Object> consumerProperties,
    Map<String, Object> producerProperties,
    Map<String, Object> streamsProperties,
    Map<String, Object> registryProperties) {
  public KafkaConnection {
    clientProperties = Map.copyOf(clientProperties);
    consumerProperties = Map.copyOf(consumerProperties);
    producerProperties = Map.copyOf(producerProperties);
    streamsProperties = Map.copyOf(streamsProperties);
    registryProperties = Map.copyOf(registryProperties);
  }

  /**
   * Reads the connection's settings.
   *
   * @throws InvalidSettingsException when what shall open the way to Kafka or the registry cannot
   *     work
   */
  public static KafkaConnection from(Settings settings) {
    return new KafkaConnection(
        settings.string(CommonSettings.BOOTSTRAP_SERVERS),
        settings.string(CommonSettings.SCHEMA_REGISTRY_URL),
        settings.text(CommonSettings.TOPICS_PREFIX).orElse(""),
        settings.text(CommonSettings.MESSAGES_TOPIC).orElse(""),
        KafkaSecurity.complete(settings.under("kafka.")),
        settings.under("consumer."),
        settings.under("producer."),
        settings.under("streams."),
        RegistrySecurity.complete(
            settings.under("registry."), settings.string(CommonSettings.SCHEMA_REGISTRY_URL)));
  }

  /** A connection without any properties of the user's. */
  public static KafkaConnection to(String bootstrapServers, String registryUrl) {
    return new KafkaConnection(
        bootstrapServers, registryUrl, "", "", Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** The same connection to another broker and registry. */
  public KafkaConnection reaching(String otherServers, String otherRegistry) {
    return new KafkaConnection(
        otherServers,
        otherRegistry,
        topicsPrefix,
        messagesTopic,
        clientProperties,
        consumerProperties,
        producerProperties,
        streamsProperties,
        registryProperties);
  }

  /**
   * The river's topics, by its settings: the only way for a program to name them, so that none can
   * forget one of the settings.
   *
   * @param make makes them from prefix and messages' topic ({@code HeadwaterTopics::of}; this
   *     module knows no topics)
   */
  public <T> T topics(BiFunction<String, String, T> make) {
    return make.apply(topicsPrefix, messagesTopic);
  }

  /** Properties for an admin client. */
  public Map<String, Object> forAdmin() {
    return merged(Map.of(), Map.of());
  }

  /** Properties for a consumer: {@code own}, under those of the user. */
  public Map<String, Object> forConsumer(Map<String, ?> own) {
    return merged(own, consumerProperties);
  }

  /** Properties for a producer: {@code own}, under those of the user. */
  public Map<String, Object> forProducer(Map<String, ?> own) {
    return merged(own, producerProperties);
  }

  /**
   * Properties for Kafka Streams: {@code own}, under those of the user. Of the user's, {@code
   * streams.consumer.X} is nearer than {@code consumer.X}; likewise for producers.
   */
  public Map<String, Object> forStreams(Map<String, ?> own) {
    Map<String, Object> users = new HashMap<>();
    consumerProperties.forEach((key, value) -> users.put("consumer." + key, value));
    producerProperties.forEach((key, value) -> users.put("producer." + key, value));
    users.putAll(streamsProperties);
    return merged(own, users);
  }

  private Map<String, Object> merged(Map<String, ?> own, Map<String, Object> users) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.putAll(own);
    all.putAll(clientProperties);
    all.putAll(users);
    return all;
  }

  /** The addresses only: properties may hold passwords, and this may end in a log. */
  @Override
  public String toString() {
    return "KafkaConnection[%s, %s, prefix '%s']"
        .formatted(bootstrapServers, registryUrl, topicsPrefix);
  }
}
