package io.headwater.aggregator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.aggregator.pipeline.LetterTally;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.Insight;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.hostile.HealthyRecords;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedReaderTest {
  private static final TopicPartition INSIGHTS = new TopicPartition("insights", 0);
  private static final TopicPartition MORE = new TopicPartition("insights", 1);
  private static final TopicPartition WINDOWS = new TopicPartition("sentiment.windows", 0);
  private static final FeedLimits LIMITS = new FeedLimits(10, 100, 1, 10, 100);

  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final LiveFeed feed = new LiveFeed(LIMITS, Clock.systemUTC(), "run1");
  private final ConcurrentLinkedQueue<MockConsumer<byte[], byte[]>> consumers =
      new ConcurrentLinkedQueue<>();
  private final FeedReader reader =
      new FeedReader(
          "feed",
          consumers::remove,
          List.of(
              FeedShow.insights(
                  registry.decoder(topics.insights()), feed, new LatencyMeter(Clock.systemUTC())),
              FeedShow.windows(registry.decoder(topics.sentimentWindows()), feed)),
          feed::connected);

  @BeforeEach
  void register() {
    registry.register(topics.all());
  }

  @AfterEach
  void close() {
    reader.close();
    assertThat(reader.isAlive()).isFalse();
  }

  private static MockConsumer<byte[], byte[]> consumer(long end) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions("insights", List.of(info(INSIGHTS), info(MORE)));
    consumer.updatePartitions("sentiment.windows", List.of(info(WINDOWS)));
    consumer.updateBeginningOffsets(Map.of(INSIGHTS, 0L, MORE, 0L, WINDOWS, 0L));
    consumer.updateEndOffsets(Map.of(INSIGHTS, end, MORE, end, WINDOWS, 0L));
    return consumer;
  }

  private static PartitionInfo info(TopicPartition partition) {
    return new PartitionInfo(partition.topic(), partition.partition(), null, null, null);
  }

  private ConsumerRecord<byte[], byte[]> insight(
      TopicPartition partition, long offset, long timestamp, String id) {
    byte[] value =
        registry
            .encoder(topics.insights())
            .encode(
                new Insight(
                    id,
                    Records.origin(1),
                    Records.message(id, "t"),
                    "en",
                    Records.score(1, 0.8, 0.1),
                    null,
                    List.of()));
    return record(partition, offset, timestamp, value);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, long timestamp, byte[] value) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        timestamp,
        org.apache.kafka.common.record.TimestampType.CREATE_TIME,
        0,
        value.length,
        new byte[0],
        value,
        new org.apache.kafka.common.header.internals.RecordHeaders(),
        java.util.Optional.empty());
  }

  private List<String> shown() {
    return feed.latest(10, FeedFilter.ALL).stream().map(FeedEvent::name).toList();
  }

  @Test
  void showsThePastOfAllPartitionsInTheOrderOfTime() {
    MockConsumer<byte[], byte[]> consumer = consumer(2);
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(insight(INSIGHTS, 0, 1_000, "a"));
          consumer.addRecord(insight(INSIGHTS, 1, 3_000, "c"));
          consumer.addRecord(insight(MORE, 0, 2_000, "b"));
          consumer.addRecord(insight(MORE, 1, 4_000, "d"));
        });
    consumers.add(consumer);

    reader.start();

    await().untilAsserted(() -> assertThat(feed.status().connected()).isTrue());
    assertThat(shown()).containsExactly("d", "c", "b", "a");
    assertThat(feed.status().insights()).isZero();
  }

  @Test
  void showsWhatComesAndSkipsWhatItCannotRead() {
    MockConsumer<byte[], byte[]> consumer = consumer(0);
    consumers.add(consumer);
    reader.start();
    await().until(() -> feed.status().connected());

    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(insight(INSIGHTS, 0, 1_000, "a"));
          consumer.addRecord(record(INSIGHTS, 1, 1_001, new byte[] {7}));
          consumer.addRecord(insight(INSIGHTS, 2, 1_002, "b"));
        });

    await().untilAsserted(() -> assertThat(shown()).containsExactly("b", "a"));
    assertThat(feed.status().insights()).isEqualTo(2);
  }

  @Test
  void countsDeadLettersOfTheLastHourAndThoseThatCome() {
    TopicPartition letters = new TopicPartition("dead-letters", 0);
    byte[] letter = registry.encoder(topics.deadLetters()).encode(HealthyRecords.letter());
    long now = System.currentTimeMillis();
    LetterTally tally = new LetterTally(Clock.systemUTC());
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions("dead-letters", List.of(info(letters)));
    consumer.updateBeginningOffsets(Map.of(letters, 0L));
    consumer.updateEndOffsets(Map.of(letters, 2L));
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(record(letters, 0, now - 7_200_000, letter));
          consumer.addRecord(record(letters, 1, now, letter));
        });
    consumer.schedulePollTask(() -> consumer.addRecord(record(letters, 2, 5, letter)));

    try (FeedReader counting =
        new FeedReader(
            "letters",
            () -> consumer,
            List.of(FeedShow.letters(registry.decoder(topics.deadLetters()), tally)),
            connected -> {})) {
      counting.start();

      await().untilAsserted(() -> assertThat(tally.report().total()).isEqualTo(1));
      assertThat(tally.report().lastHour()).isEqualTo(2);
    }
  }

  @Test
  void goesOnWhereItWasWhenItsConsumerFails() {
    MockConsumer<byte[], byte[]> first = consumer(0);
    MockConsumer<byte[], byte[]> second = consumer(2);
    consumers.add(first);
    consumers.add(second);
    first.schedulePollTask(() -> first.addRecord(insight(INSIGHTS, 0, 1_000, "a")));
    first.schedulePollTask(() -> first.setPollException(new KafkaException("gone")));
    second.schedulePollTask(
        () -> {
          second.addRecord(insight(INSIGHTS, 0, 1_000, "a"));
          second.addRecord(insight(INSIGHTS, 1, 1_001, "b"));
          second.addRecord(insight(MORE, 0, 1_002, "c"));
          second.addRecord(insight(MORE, 1, 1_003, "d"));
        });

    reader.start();

    await().untilAsserted(() -> assertThat(shown()).containsExactly("d", "c", "b", "a"));
  }
}
