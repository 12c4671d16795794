package io.headwater.aggregator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile insights and windows at the reader of the dashboard's feed. */
@Timeout(1_200)
class FeedFuzzTest {
  private static final int A_POLL = 200;
  private static final TopicPartition INSIGHTS = new TopicPartition("insights", 0);
  private static final TopicPartition WINDOWS = new TopicPartition("sentiment.windows", 0);
  private static final FeedLimits LIMITS = new FeedLimits(50, 100, 2, 10, 100);

  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final LiveFeed feed = new LiveFeed(LIMITS, Clock.systemUTC(), "run1");

  @Test
  void showsEveryHealthyOneAndNeverStops() {
    FuzzRun run = FuzzRun.of("feed", 50_000);
    registry.register(topics.all());
    HostileRecords insights =
        new HostileRecords(
            registry,
            topics,
            topics.insights(),
            List.of(HealthyRecords.insight("healthy")),
            run.seed());
    HostileRecords windows =
        new HostileRecords(
            registry,
            topics,
            topics.sentimentWindows(),
            List.of(HealthyRecords.window()),
            run.seed());
    Deque<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>(List.of(consumer()));
    MockConsumer<byte[], byte[]> consumer = consumers.element();
    // Only one: a reader that fails asks for another, finds none, and shows nothing any more.
    try (FeedReader reader =
        new FeedReader(
            "feed",
            consumers::remove,
            List.of(
                FeedShow.insights(
                    registry.decoder(topics.insights()), feed, new LatencyMeter(Clock.systemUTC())),
                FeedShow.windows(registry.decoder(topics.sentimentWindows()), feed)),
            feed::connected)) {
      reader.start();
      await().until(() -> feed.status().connected());
      long healthy = 0;
      for (int sent = 0; sent < run.records(); sent += A_POLL) {
        Deque<ConsumerRecord<byte[], byte[]>> poll = new ArrayDeque<>();
        for (int i = sent / 2; i < (sent + A_POLL) / 2; i++) {
          HostileRecord insight = insights.next();
          healthy += insight.isHealthy() ? 1 : 0;
          poll.add(record(INSIGHTS, i, insight));
          poll.add(record(WINDOWS, i, windows.next()));
          run.done(2 * i);
          run.done(2 * i + 1);
        }
        int end = (sent + A_POLL) / 2;
        consumer.schedulePollTask(() -> poll.forEach(consumer::addRecord));
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> !feed.status().connected() || isRead(consumer, end));
        assertThat(feed.status().connected()).as("the feed, before record %d", sent).isTrue();
      }
      assertThat(feed.status().insights()).isGreaterThanOrEqualTo(healthy);
      run.end(List.of(feed, reader, consumer));
    }
  }

  private boolean isRead(MockConsumer<byte[], byte[]> consumer, long end) {
    synchronized (consumer) {
      return consumer.position(INSIGHTS) >= end && consumer.position(WINDOWS) >= end;
    }
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions("insights", List.of(info(INSIGHTS)));
    consumer.updatePartitions("sentiment.windows", List.of(info(WINDOWS)));
    consumer.updateBeginningOffsets(Map.of(INSIGHTS, 0L, WINDOWS, 0L));
    consumer.updateEndOffsets(Map.of(INSIGHTS, 0L, WINDOWS, 0L));
    return consumer;
  }

  private static PartitionInfo info(TopicPartition partition) {
    return new PartitionInfo(partition.topic(), partition.partition(), null, null, null);
  }

  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, HostileRecord record) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        record.value() == null ? -1 : record.value().length,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }
}
