package io.headwater.cli.replay;

import io.headwater.avro.SentimentWindow;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a test sees of a river's cluster from outside. */
final class RiverState implements AutoCloseable {
  private final KafkaConnection kafka;
  private final Admin admin;

  RiverState(KafkaConnection kafka) {
    this.kafka = kafka;
    this.admin = Admin.create(kafka.forAdmin());
  }

  Admin admin() {
    return admin;
  }

  private interface Question<T> {
    T ask() throws InterruptedException, ExecutionException;
  }

  private static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends values a second apart, under 20 keys; the last third in a transaction. */
  void send(String topic, List<byte[]> values, Instant begin) {
    Map<String, Object> plain = Map.of("acks", "all");
    Map<String, Object> transactional = Map.of("transactional.id", "test-" + topic);
    int border = values.size() * 2 / 3;
    try (var producer = producer(plain)) {
      for (int i = 0; i < border; i++) {
        var unused = producer.send(record(topic, values, i, begin));
      }
    }
    try (var producer = producer(transactional)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = border; i < values.size(); i++) {
        var unused = producer.send(record(topic, values, i, begin));
      }
      producer.commitTransaction();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, List<byte[]> values, int i, Instant begin) {
    return new ProducerRecord<>(
        topic,
        null,
        begin.plusSeconds(i).toEpochMilli(),
        ("key-" + i % 20).getBytes(StandardCharsets.UTF_8),
        values.get(i));
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> own) {
    return new KafkaProducer<>(
        kafka.forProducer(own), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Ends of all live topics and positions of all live groups; but for what instances say of
   * themselves every few seconds.
   */
  Map<String, Long> live() {
    Map<String, Long> state = new TreeMap<>();
    topics().stream()
        .filter(
            name ->
                !name.startsWith("replay")
                    && !name.startsWith("__")
                    && !Set.of("archive", "models.status").contains(name))
        .forEach(
            name -> ends(name).forEach((partition, end) -> state.put("end of " + partition, end)));
    groups().stream()
        .filter(name -> !name.startsWith("replay."))
        .forEach(
            group ->
                ask(() ->
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get())
                    .forEach(
                        (partition, offset) ->
                            state.put(group + " at " + partition, offset.offset())));
    return state;
  }

  /** Records of a topic, with markers; 0 where it is not there. */
  long records(String topic) {
    return topics().contains(topic)
        ? ends(topic).values().stream().mapToLong(Long::longValue).sum()
        : 0;
  }

  private Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    ask(() -> admin.describeTopics(List.of(topic)).allTopicNames().get()).values().stream()
        .flatMap(description -> description.partitions().stream())
        .forEach(
            info -> wanted.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    ask(() -> admin.listOffsets(wanted).all().get())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private Set<String> topics() {
    return ask(() -> admin.listTopics().names().get());
  }

  private List<String> groups() {
    return ask(() -> admin.listGroups().all().get()).stream().map(GroupListing::groupId).toList();
  }

  /** Topics, groups and clients with quotas. */
  List<String> namesThatStartWith(String prefix) {
    return Stream.of(topics(), groups(), clientsWithQuotas())
        .flatMap(Collection::stream)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** Sets a quota. */
  void limit(String client) {
    var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, client));
    var op = new ClientQuotaAlteration.Op("consumer_byte_rate", 1e6);
    ask(
        () ->
            admin
                .alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(op))))
                .all()
                .get());
  }

  Collection<String> clientsWithQuotas() {
    Set<String> clients = new TreeSet<>();
    ask(() -> admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get())
        .keySet()
        .forEach(entity -> clients.add(entity.entries().get(ClientQuotaEntity.CLIENT_ID)));
    return clients;
  }

  /** Client ids of the members of a replay's groups, while it runs. */
  List<String> members(String prefix) {
    List<String> groups = groups().stream().filter(name -> name.startsWith(prefix)).toList();
    List<String> clients = new ArrayList<>();
    ask(() -> admin.describeConsumerGroups(groups).all().get())
        .values()
        .forEach(group -> group.members().forEach(member -> clients.add(member.clientId())));
    return clients;
  }

  String setting(String topic, String key) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return ask(() -> admin.describeConfigs(List.of(resource)).all().get()).values().stream()
        .map(settings -> settings.get(key).value())
        .findFirst()
        .orElseThrow();
  }

  /** Messages in the hours' windows of a river, by the last record of each window. */
  long windowCount(String prefix) {
    Topic<SentimentWindow> topic = new HeadwaterTopics(prefix).sentimentWindows();
    RecordDecoder<SentimentWindow> decoder =
        SchemaRegistry.at(kafka.registryUrl(), Map.of()).decoder(topic);
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(topic.name())) {
      if (decoder.decode(record.value()) instanceof Decoded.Healthy<SentimentWindow> healthy
          && healthy.value().getWindowSizeMs() == Duration.ofHours(1).toMillis()) {
        SentimentWindow window = healthy.value();
        last.put(
            window.getSource() + window.getLanguage() + window.getWindowStart(), window.getCount());
      }
    }
    return last.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records that this registry can read. */
  <V extends SpecificRecord> long readable(SchemaRegistry registry, Topic<V> topic) {
    RecordDecoder<V> decoder = registry.decoder(topic);
    return all(topic.name()).stream()
        .filter(record -> decoder.decode(record.value()) instanceof Decoded.Healthy<V>)
        .count();
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer = OutputFollower.consumer(kafka, "test")) {
      List<TopicPartition> partitions = List.copyOf(ends(topic).keySet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    admin.close();
  }
}
