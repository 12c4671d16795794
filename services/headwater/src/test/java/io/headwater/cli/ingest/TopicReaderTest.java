package io.headwater.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.cli.CommandFailure;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  private static final String TOPIC = "insights";
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
  private static final long END = 50;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final TopicReader reader = reader();

  private TopicReader reader() {
    Node[] nowhere = {};
    consumer.updatePartitions(
        TOPIC,
        List.of(
            new PartitionInfo(TOPIC, 0, Node.noNode(), nowhere, nowhere),
            new PartitionInfo(TOPIC, 1, Node.noNode(), nowhere, nowhere)));
    consumer.updateEndOffsets(Map.of(SECOND, END));
    return new TopicReader(consumer, TOPIC);
  }

  @Test
  void beginsAtOneRecordOfOnePartition() {
    reader.begin(new TailStart.At(1, 42));

    assertThat(consumer.assignment()).containsExactly(SECOND);
    assertThat(consumer.position(SECOND)).isEqualTo(42);
  }

  @Test
  void waitsAtTheEndForARecordThatHasNotComeYet() {
    reader.begin(new TailStart.At(1, END + 7));

    assertThat(consumer.position(SECOND)).isEqualTo(END);
  }

  @Test
  void saysHowManyPartitionsThereAre() {
    assertThatThrownBy(() -> reader.begin(new TailStart.At(2, 0)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no partition 2 in insights, which has 2");
  }
}
