package io.headwater.load.river.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SortedBatchesTest {
  private static final int BUDGET = 128;

  @Property
  void everySegmentIsInOneBatchWithinTheBudget(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 200) Integer> lengths) {
    List<int[]> segments = lengths.stream().map(length -> new int[length]).toList();

    List<List<int[]>> batches = SortedBatches.of(segments, BUDGET);

    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(segments);
    for (List<int[]> batch : batches) {
      int longest = batch.stream().mapToInt(ids -> ids.length).max().orElse(0);
      assertThat(batch.size() == 1 || longest * batch.size() <= BUDGET).isTrue();
    }
  }
}
