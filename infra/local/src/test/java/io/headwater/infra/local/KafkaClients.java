package io.headwater.infra.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Plain clients of a broker, for texts. */
record KafkaClients(String bootstrapServers) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  void createTopic(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
  }

  /** Returns once the broker has acknowledged the text. */
  void send(String topic, String text) throws ExecutionException, InterruptedException {
    try (Producer<String, String> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topic, text)).get();
    }
  }

  Producer<String, String> transactionalProducer(String id) {
    Producer<String, String> producer = producer(Map.of("transactional.id", id));
    producer.initTransactions();
    return producer;
  }

  private Producer<String, String> producer(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("max.request.size", "8388608");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** Reads committed texts as a new group from the start, until so many are there. */
  List<String> read(String topic, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "group.id",
            "readers-" + System.nanoTime(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    List<String> texts = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      Awaitility.await().atMost(PATIENCE).until(() -> readMore(consumer, texts) >= count);
    }
    return texts;
  }

  private static int readMore(KafkaConsumer<String, String> consumer, List<String> texts) {
    consumer.poll(Duration.ofMillis(200)).forEach(record -> texts.add(record.value()));
    return texts.size();
  }

  Optional<String> firstFault(String topic) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    }
  }
}
