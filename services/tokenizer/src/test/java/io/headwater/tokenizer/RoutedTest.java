package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutedTest {
  private final Routed.ToItsPartition partitioner = new Routed.ToItsPartition();

  @Test
  void aRecordGoesToThePartitionOfItsMessageWhateverItsKey() {
    Routed routed = new Routed(new byte[] {1}, 5);

    assertThat(partitioner.partitions("tokens.sentiment", new byte[] {9}, routed, 8))
        .isEqualTo(Optional.of(Set.of(5)));
    assertThat(partitioner.partitions("tokens.sentiment", new byte[0], routed, 6))
        .isEqualTo(Optional.of(Set.of(5)));
  }

  @Test
  void aTopicWithFewerPartitionsIsAFaultOfTheSetUp() {
    Routed routed = new Routed(new byte[] {1}, 5);

    assertThatThrownBy(() -> partitioner.partitions("dead-letters", new byte[0], routed, 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Topic dead-letters has 5 partitions, fewer than the messages topic");
  }

  @Test
  void theValueIsWrittenAsItIs() {
    byte[] written = new Routed.Bytes().serialize("any", new Routed(new byte[] {1, 2}, 0));

    assertThat(written).containsExactly(1, 2);
  }
}
