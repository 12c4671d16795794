package io.headwater.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.aggregator.window.EventTime;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hostile messages, scores and translations at the aggregator, among healthy ones that must all
 * become insights.
 */
@Timeout(1_200)
class AggregatorFuzzTest {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("");
  private static final List<String> PLANNED = List.of("sentiment");
  private static final long NOW = 1_767_225_600_000L;
  private static final long STEP_MS = 10;
  private static final Duration RETENTION = Duration.ofSeconds(10);

  /** Entries of the retention and of one sweep, if every record left one. */
  private static final double MOST_PENDING = 1.5 * RETENTION.toMillis() / STEP_MS;

  private final MockSchemaRegistryClient client = new MockSchemaRegistryClient();
  private final SchemaRegistry registry = SchemaRegistry.over(client);
  private final Map<Topic<?>, RecordDecoder<?>> decoders = new HashMap<>();
  private final TopologyOptions options =
      new TopologyOptions(
          RETENTION,
          new EventTime(Duration.ofMinutes(5)),
          River.OPTIONS.windows(),
          River.OPTIONS.maxRecordBytes());

  @Test
  void everyRecordIsAccountedForAndEveryHealthyPairHasItsInsight() {
    FuzzRun run = FuzzRun.of("aggregator", 10_000);
    try (River river = River.with(options, client)) {
      Sources sources = new Sources(run.seed());
      Random random = run.random();
      for (int i = 0; i < run.records(); i++) {
        switch (random.nextInt(4)) {
          case 0 -> sources.sendPair(river, i);
          case 1 -> sources.sendHostile(river, TOPICS.messages(), sources.messages, i);
          case 2 -> sources.sendHostile(river, TOPICS.sentimentScores(), sources.scores, i);
          default -> sources.sendHostile(river, TOPICS.translations(), sources.translations, i);
        }
        assertThat(river.pending()).as("after record %d", i).isBetween(0.0, MOST_PENDING);
        run.done(i);
      }
      assertThat(river.meters.getMeters().size()).as("metrics, whatever comes").isLessThan(100);
      run.end(List.of(river, sources));
    }
  }

  private final class Sources {
    private final HostileRecords messages;
    private final HostileRecords scores;
    private final HostileRecords translations;

    /** Records sent to the messages topic so far: the offset of the next. */
    private long offset;

    Sources(long seed) {
      registry.register(TOPICS.all());
      Message message = HealthyRecords.message("hostile", "A lovely day");
      // Their origins are never reached: what they leave must expire.
      messages = new HostileRecords(registry, TOPICS, TOPICS.messages(), List.of(message), seed);
      var origin = HealthyRecords.origin(1L << 40);
      scores =
          new HostileRecords(
              registry,
              TOPICS,
              TOPICS.sentimentScores(),
              List.of(HealthyRecords.score(origin, PLANNED)),
              seed + 1);
      translations =
          new HostileRecords(
              registry,
              TOPICS,
              TOPICS.translations(),
              List.of(HealthyRecords.translation(origin, List.of("translation"))),
              seed + 2);
    }

    /** A healthy message and its score, in either order, make one insight at once. */
    void sendPair(River river, int number) {
      String id = "healthy-" + number;
      byte[] key = {(byte) number};
      long time = NOW + number * STEP_MS;
      var score = HealthyRecords.score(HealthyRecords.origin(offset++), PLANNED);
      if (number % 2 == 0) {
        river.send(TOPICS.messages(), key, HealthyRecords.message(id, "Good day"), time);
        river.send(TOPICS.sentimentScores(), key, score, time);
      } else {
        river.send(TOPICS.sentimentScores(), key, score, time);
        river.send(TOPICS.messages(), key, HealthyRecords.message(id, "Good day"), time);
      }
      assertThat(river.insights()).extracting(i -> i.getMessageId()).containsExactly(id);
      assertThat(river.deadLetters()).isEmpty();
      river.out(TOPICS.sentimentWindows());
    }

    <V extends SpecificRecord> void sendHostile(
        River river, Topic<V> topic, HostileRecords from, int number) {
      HostileRecord record = from.next();
      boolean isMessage = topic.equals(TOPICS.messages());
      boolean readable =
          decoders.computeIfAbsent(topic, registry::decoder).decode(record.value())
              instanceof Healthy<?>;
      offset += isMessage ? 1 : 0;
      double expired = river.count("headwater.pending.expired");
      double pending = river.pending();

      // A broker lets no time through that is far ahead; a missing one is possible.
      long time = record.timestamp() < 0 ? 0 : NOW + number * STEP_MS;
      river.raw(topic.name(), record.key(), record.value(), time);

      int insights = river.insights().size();
      List<DeadLetter> letters = new ArrayList<>(river.deadLetters());
      double kept = river.pending() - pending + river.count("headwater.pending.expired") - expired;
      assertThat(insights + letters.size()).as("%s", record).isLessThanOrEqualTo(1);
      if (!readable) {
        assertThat(letters).as("%s", record).hasSize(isMessage ? 0 : 1);
        assertThat(kept).as("%s", record).isZero();
      } else if (insights + letters.size() == 0) {
        assertThat(kept).as("%s", record).isBetween(0.0, 1.0);
      } else {
        assertThat(kept).as("%s", record).isBetween(-1.0, 0.0);
      }
      for (DeadLetter letter : letters) {
        assertThat(letter.getStage()).isEqualTo("aggregator");
        assertThat(letter.getTopic()).isEqualTo(topic.name());
        assertThat(letter.getValue())
            .isEqualTo(record.value() == null ? null : ByteBuffer.wrap(record.value()));
      }
      river.out(TOPICS.sentimentWindows());
    }
  }
}
