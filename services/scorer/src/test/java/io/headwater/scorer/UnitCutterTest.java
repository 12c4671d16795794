package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnitCutterTest {
  private static final int TOKEN = UnitCutter.TOKEN_BYTES;

  @Property
  void unitsKeepTheOrderAndTheBoundAndAreNeverEmpty(
      @ForAll @Size(max = 60) List<@IntRange(min = -1, max = 400) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 50) int unitTokens) {
    UnitCutter cutter = new UnitCutter(unitTokens, TOKEN);
    List<ConsumerRecord<byte[], byte[]>> records = records(0, sizes);
    cutter.add(records);

    List<ConsumerRecord<byte[], byte[]>> given = new ArrayList<>();
    while (!cutter.isEmpty()) {
      List<ConsumerRecord<byte[], byte[]>> unit = cutter.next();
      assertThat(unit).isNotEmpty();
      int bytes = unit.stream().mapToInt(record -> Math.max(0, size(record))).sum();
      assertThat(unit.size() == 1 || bytes <= unitTokens * TOKEN).isTrue();
      given.addAll(unit);
    }

    assertThat(given).containsExactlyElementsOf(records);
    assertThat(cutter.next()).isEmpty();
  }

  @Test
  void aUnitTakesAsMuchAsItMay() {
    UnitCutter cutter = new UnitCutter(10, TOKEN);
    cutter.add(records(0, List.of(60, 60, 1)));

    assertThat(cutter.next()).hasSize(2);
    assertThat(cutter.next()).hasSize(1);
  }

  @Test
  void recordsOfPartitionsThatAreGoneAreForgotten() {
    UnitCutter cutter = new UnitCutter(1_000, TOKEN);
    List<ConsumerRecord<byte[], byte[]>> kept = records(1, List.of(5, 6));
    cutter.add(records(0, List.of(1, 2)));
    cutter.add(kept);
    cutter.add(records(2, List.of(3)));

    cutter.forget(List.of(new TopicPartition("tokens", 0), new TopicPartition("tokens", 2)));

    assertThat(cutter.next()).containsExactlyElementsOf(kept);
    assertThat(cutter.isEmpty()).isTrue();
  }

  @Test
  void clearForgetsAll() {
    UnitCutter cutter = new UnitCutter(1_000, TOKEN);
    cutter.add(records(0, List.of(1, 2)));

    cutter.clear();

    assertThat(cutter.isEmpty()).isTrue();
  }

  private static int size(ConsumerRecord<byte[], byte[]> record) {
    return record.serializedValueSize();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(int partition, List<Integer> sizes) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int size : sizes) {
      records.add(TokenRecords.sized(partition, records.size(), size));
    }
    return records;
  }
}
