package io.headwater.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.runtime.config.OffsetRanges;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RangeEndTest {
  private static final TopicPartition MESSAGES = new TopicPartition("messages", 0);
  private static final TopicPartition SCORES = new TopicPartition("scores", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final RangeEnd end = new RangeEnd("messages", OffsetRanges.parse("0:0-3"));

  @BeforeEach
  void assign() {
    consumer.assign(List.of(MESSAGES, SCORES));
    consumer.updateBeginningOffsets(Map.of(MESSAGES, 0L, SCORES, 0L));
  }

  @Test
  void aPartitionIsReadUntilItsEndAndThenPausedAndUpToDate() {
    records(MESSAGES, 0, 2);

    poll();
    assertThat(consumer.paused()).isEmpty();
    assertThat(end.lag(consumer, MESSAGES, OptionalLong.of(5))).hasValue(5);

    records(MESSAGES, 2, 10);
    poll();
    assertThat(consumer.paused()).containsExactly(MESSAGES);
    assertThat(end.lag(consumer, MESSAGES, OptionalLong.of(5))).hasValue(0);
  }

  @Test
  void aLagThatIsNotKnownStaysUnknown() {
    assertThat(end.lag(consumer, MESSAGES, OptionalLong.empty())).isEmpty();
  }

  @Test
  void otherTopicsGoOn() {
    records(SCORES, 0, 10);

    poll();

    assertThat(consumer.paused()).isEmpty();
    assertThat(end.lag(consumer, SCORES, OptionalLong.of(5))).hasValue(5);
  }

  @Test
  void withoutARangeNothingIsSaidOfIt() {
    assertThat(new RangeEnd("messages", OffsetRanges.EVERYTHING).streamsProperties()).isEmpty();
    assertThat(end.streamsProperties()).containsExactly(Map.entry(RiverClients.END, end));
  }

  private void poll() {
    end.pauseFinished(consumer, consumer.poll(Duration.ZERO));
  }

  private void records(TopicPartition partition, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      consumer.addRecord(
          new ConsumerRecord<>(
              partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
    }
  }
}
