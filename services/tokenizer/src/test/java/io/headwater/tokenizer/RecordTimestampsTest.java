package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTimestampsTest {
  private final RecordTimestamps timestamps = new RecordTimestamps();

  @Test
  void aRecordKeepsItsTimestamp() {
    assertThat(timestamps.extract(recordAt(7), 100)).isEqualTo(7);
  }

  @Test
  void aRecordWithoutTimestampTakesTheNewestOfItsPartition() {
    assertThat(timestamps.extract(recordAt(-1), 100)).isEqualTo(100);
    assertThat(timestamps.extract(recordAt(-1), -1)).isZero();
  }

  private static ConsumerRecord<Object, Object> recordAt(long timestamp) {
    return new ConsumerRecord<>(
        "messages",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        "value",
        new RecordHeaders(),
        Optional.empty());
  }
}
