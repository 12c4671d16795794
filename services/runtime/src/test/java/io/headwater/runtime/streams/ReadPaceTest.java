package io.headwater.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
  private static final Duration LONGEST = Duration.ofMillis(100);

  private long nanos = 1_000_000_000;

  @Test
  void aBusyMachineRestsAfterEverySecondReadThatBroughtSomething() {
    ReadPace pace = pace(1);

    pace.read(1, 300);
    assertThat(pace.rest()).isZero();
    pace.read(0, 300);
    assertThat(pace.rest()).isZero();
    pass(10);
    pace.read(3, 300);

    assertThat(pace.rest()).isEqualTo(Duration.ofMillis(90));
    pass(90);
    pace.read(1, 300);
    assertThat(pace.rest()).isZero();
    pass(5);
    pace.read(2, 300);
    assertThat(pace.rest()).isEqualTo(Duration.ofMillis(95));
  }

  @Test
  void theRestIsShorterTheLessBusyItIs() {
    ReadPace pace = pace(0.95);
    pace.read(1, 300);
    pace.read(1, 300);

    assertThat(pace.rest()).isBetween(Duration.ofMillis(49), Duration.ofMillis(50));
  }

  @Test
  void aMachineWithTimeToSpareDoesNotRest() {
    ReadPace pace = pace(0.9);
    for (int i = 0; i < 10; i++) {
      pace.read(1, 300);
      assertThat(pace.rest()).isZero();
    }
  }

  @Test
  void inAFloodThereIsNoRest() {
    ReadPace pace = pace(1);
    for (int i = 0; i < 10; i++) {
      pace.read(128, 300);
      assertThat(pace.rest()).isZero();
    }
    pace.read(1, 300);
    pace.read(1, 300);
    assertThat(pace.rest()).isPositive();
  }

  @Test
  void fewLargeRecordsAreAFloodToo() {
    ReadPace pace = pace(1);
    pace.read(2, 200_000);
    pace.read(1, 100_000);
    assertThat(pace.rest()).isZero();
  }

  @Test
  void recordsAreCountedWithTheirKeysAndValues() {
    ReadPace pace = pace(1);
    pace.read(records(-1, 299_000));
    pace.read(records(1, -1));
    assertThat(pace.rest()).isZero();

    pace.read(records(1, 1));
    pace.read(records(1, 1));
    assertThat(pace.rest()).isPositive();
  }

  @Test
  void aRestIsHalfOfTheLongestWaitAndNeverLong() {
    assertThat(ReadPace.longestRest(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(100));
    assertThat(ReadPace.longestRest(Duration.ofMillis(400))).isEqualTo(Duration.ofMillis(200));
    assertThat(ReadPace.longestRest(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void whoHasNotReadForLongDoesNotRestFirst() {
    ReadPace pace = pace(1);
    pace.read(1, 300);
    pass(1_000);
    pace.read(1, 300);

    assertThat(pace.rest()).isZero();
  }

  private static ConsumerRecords<byte[], byte[]> records(int keySize, int valueSize) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "messages",
            0,
            0,
            0,
            TimestampType.CREATE_TIME,
            keySize,
            valueSize,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.empty());
    return new ConsumerRecords<>(
        Map.of(new TopicPartition("messages", 0), List.of(record)), Map.of());
  }

  private ReadPace pace(double load) {
    return new ReadPace(new CommitPace(() -> load, () -> nanos), LONGEST, () -> nanos);
  }

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
