package io.headwater.infra.containers;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Insight;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Both ends of a river: messages go in over HTTP, committed insights are counted. */
final class RiverEnds implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ContainerRiver river;
  private final RecordDecoder<Insight> decoder;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final Map<String, Integer> insights = new HashMap<>();

  RiverEnds(ContainerRiver river) {
    this.river = river;
    HeadwaterTopics topics = new HeadwaterTopics("");
    this.decoder = SchemaRegistry.at(river.registryUrl(), Map.of()).decoder(topics.insights());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", river.bootstrapServers());
    this.admin = Admin.create(properties);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topics.insights().name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Sends messages {@code PREFIX-0} and so on; all are stored when it returns. */
  void send(String prefix, int count) throws IOException, InterruptedException {
    String lines =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{\"id\":\"%s-%d\",\"text\":\"The %dth waiter was on time and friendly, but the food was terrible.\",\"language\":\"en\",\"author\":\"a%d\",\"source\":\"test\"}"
                        .formatted(prefix, i, i, i % 40))
            .collect(Collectors.joining("\n"));
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(river.url("gateway", 8081) + "/messages"))
                .header("Content-Type", "application/x-ndjson")
                .header("Authorization", "Bearer " + ContainerRiver.TOKEN)
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
  }

  /** How many insights each message has had so far; those of one prefix. */
  Map<String, Integer> insights(String prefix) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(300))) {
      if (decoder.decode(record.value()) instanceof Decoded.Healthy<Insight> insight) {
        insights.merge(insight.value().getMessageId(), 1, Integer::sum);
      }
    }
    Map<String, Integer> found = new HashMap<>(insights);
    found.keySet().removeIf(id -> !id.startsWith(prefix + "-"));
    return found;
  }

  /** Members of a consumer group, as the broker knows them now. */
  int members(String group) throws InterruptedException {
    try {
      ConsumerGroupDescription described =
          requireNonNull(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
              .get();
      return described.members().size();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
