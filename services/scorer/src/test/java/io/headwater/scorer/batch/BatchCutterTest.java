package io.headwater.scorer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchCutterTest {

  @Property
  void everySegmentIsInExactlyOneBatch(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4_096) int tokens,
      @ForAll @DoubleRange(min = 0, max = 0.9) double maxPadding) {
    List<SegmentSlot> segments = segments(lengths);

    List<List<SegmentSlot>> batches = cutter(tokens, maxPadding).cut(segments);

    assertThat(batches).allSatisfy(batch -> assertThat(batch).isNotEmpty());
    assertThat(batches.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(segments);
  }

  @Property
  void aBatchKeepsItsBudgetUnlessASingleSegmentIsLonger(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4_096) int tokens,
      @ForAll @DoubleRange(min = 0, max = 0.9) double maxPadding) {
    List<List<SegmentSlot>> batches = cutter(tokens, maxPadding).cut(segments(lengths));

    for (List<SegmentSlot> batch : batches) {
      long padded = padded(batch);
      long padding = padded - batch.stream().mapToLong(SegmentSlot::length).sum();
      if (batch.size() > 1) {
        assertThat(padded).isLessThanOrEqualTo(tokens);
      }
      assertThat((double) padding).isLessThanOrEqualTo(maxPadding * padded);
    }
  }

  @Property
  void neighboursHaveNearlyTheSameLength(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths) {
    List<List<SegmentSlot>> batches = cutter(1_024, 0.05).cut(segments(lengths));

    List<SegmentSlot> inOrder = batches.stream().flatMap(List::stream).toList();
    for (int i = 1; i < inOrder.size(); i++) {
      SegmentSlot before = inOrder.get(i - 1);
      SegmentSlot after = inOrder.get(i);
      assertThat(before.length()).isGreaterThanOrEqualTo(after.length());
      if (before.length() == after.length()) {
        assertThat(before.record()).isLessThan(after.record());
      }
    }
  }

  @Property
  void theSameSegmentsAreCutAlike(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths) {
    List<SegmentSlot> segments = segments(lengths);

    assertThat(cutter(700, 0.1).cut(segments)).isEqualTo(cutter(700, 0.1).cut(segments));
  }

  @Property
  void callsSideBySideEachGetAShareAndEverySegmentIsStillInOneBatch(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 8) int calls) {
    List<SegmentSlot> segments = segments(lengths);

    List<List<SegmentSlot>> batches = cutter(1_024, 0.05).cut(segments, calls);

    assertThat(batches.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(segments);
    long all = lengths.stream().mapToLong(Integer::longValue).sum();
    if (all > 64L * calls && lengths.size() >= calls && all < 1_024) {
      assertThat(batches.size()).isGreaterThanOrEqualTo(Math.min(calls, 2));
    }
  }

  @Test
  void fewSegmentsAreSharedByTheCallsAndVeryFewAreNot() {
    assertThat(cutter(1_024, 0.05).cut(segments(List.of(50, 50, 50, 50)), 2)).hasSize(2);
    assertThat(cutter(1_024, 0.05).cut(segments(List.of(50, 50, 50, 50)), 1)).hasSize(1);
    assertThat(cutter(1_024, 0.05).cut(segments(List.of(8, 8, 8, 8)), 2)).hasSize(1);
  }

  @Test
  void segmentsOfEqualLengthFillABatchToTheToken() {
    List<List<SegmentSlot>> batches = cutter(64, 0).cut(segments(List.of(16, 16, 16, 16, 16)));

    assertThat(batches).extracting(List::size).containsExactly(4, 1);
  }

  @Test
  void aSegmentLongerThanTheBudgetStandsAlone() {
    List<List<SegmentSlot>> batches = cutter(64, 0.5).cut(segments(List.of(10, 500, 10)));

    assertThat(batches).extracting(List::size).containsExactly(1, 2);
  }

  @Test
  void aBudgetThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new BatchBudget(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchBudget(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchBudget(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BatchCutter cutter(int tokens, double maxPadding) {
    return new BatchCutter(new BatchBudget(tokens, maxPadding));
  }

  private static List<SegmentSlot> segments(List<Integer> lengths) {
    List<SegmentSlot> segments = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      segments.add(new SegmentSlot(i, 0, new int[lengths.get(i)]));
    }
    return segments;
  }

  private static long padded(List<SegmentSlot> batch) {
    long longest = batch.stream().mapToInt(SegmentSlot::length).max().orElse(0);
    return longest * batch.size();
  }
}
