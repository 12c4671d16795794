package io.headwater.scorer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchCutterTest {

  @Property
  void everySegmentIsInExactlyOneBatch(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4_096) int tokens,
      @ForAll @IntRange(min = 0, max = 600) int callTokens) {
    List<SegmentSlot> segments = segments(lengths);

    List<List<SegmentSlot>> batches = cutter(tokens, callTokens).cut(segments);

    assertThat(batches).allSatisfy(batch -> assertThat(batch).isNotEmpty());
    assertThat(batches.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(segments);
  }

  @Property
  void aBatchKeepsItsBudgetUnlessASingleSegmentIsLonger(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4_096) int tokens,
      @ForAll @IntRange(min = 0, max = 600) int callTokens) {
    List<List<SegmentSlot>> batches = cutter(tokens, callTokens).cut(segments(lengths));

    for (List<SegmentSlot> batch : batches) {
      long padded = padded(batch);
      if (batch.size() > 1) {
        assertThat(padded).isLessThanOrEqualTo(tokens);
      }
    }
  }

  @Property
  void noOtherCutCostsLess(
      @ForAll @Size(max = 9) List<@IntRange(min = 1, max = 90) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 400) int tokens,
      @ForAll @IntRange(min = 0, max = 80) int callTokens) {
    List<List<SegmentSlot>> batches = cutter(tokens, callTokens).cut(segments(lengths));

    List<Integer> sorted = lengths.stream().sorted(Comparator.reverseOrder()).toList();
    long cost = batches.stream().mapToLong(batch -> callTokens + padded(batch)).sum();
    assertThat(cost).isEqualTo(leastCost(sorted, tokens, callTokens));
  }

  /** By trying all cuts of neighbours, one after the other. */
  private static long leastCost(List<Integer> sorted, int tokens, int callTokens) {
    long least = sorted.isEmpty() ? 0 : Long.MAX_VALUE;
    for (int size = 1; size <= sorted.size(); size++) {
      long padded = (long) sorted.get(0) * size;
      if (size == 1 || padded <= tokens) {
        List<Integer> rest = sorted.subList(size, sorted.size());
        least = Math.min(least, callTokens + padded + leastCost(rest, tokens, callTokens));
      }
    }
    return least;
  }

  @Property
  void neighboursHaveNearlyTheSameLength(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths) {
    List<List<SegmentSlot>> batches = cutter(1_024, 12).cut(segments(lengths));

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

    assertThat(cutter(700, 20).cut(segments)).isEqualTo(cutter(700, 20).cut(segments));
  }

  @Property
  void callsSideBySideEachGetAShareAndEverySegmentIsStillInOneBatch(
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 512) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 8) int calls) {
    List<SegmentSlot> segments = segments(lengths);

    List<List<SegmentSlot>> batches = cutter(1_024, 12).cut(segments, calls);

    assertThat(batches.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(segments);
    long all = lengths.stream().mapToLong(Integer::longValue).sum();
    if (all > 64L * calls && lengths.size() >= calls && all < 1_024) {
      assertThat(batches.size()).isGreaterThanOrEqualTo(Math.min(calls, 2));
    }
  }

  @Test
  void fewSegmentsAreSharedByTheCallsAndVeryFewAreNot() {
    assertThat(cutter(1_024, 12).cut(segments(List.of(50, 50, 50, 50)), 2)).hasSize(2);
    assertThat(cutter(1_024, 12).cut(segments(List.of(50, 50, 50, 50)), 1)).hasSize(1);
    assertThat(cutter(1_024, 12).cut(segments(List.of(8, 8, 8, 8)), 2)).hasSize(1);
  }

  @Test
  void segmentsOfEqualLengthFillABatchToTheToken() {
    List<List<SegmentSlot>> batches = cutter(64, 0).cut(segments(List.of(16, 16, 16, 16, 16)));

    assertThat(batches).extracting(List::size).containsExactlyInAnyOrder(4, 1);
  }

  @Test
  void fewMessagesShareACallWhereThatTakesLessPaddingThanItCosts() {
    assertThat(cutter(1_024, 12).cut(segments(List.of(30, 20, 9)))).hasSize(2);
    assertThat(cutter(1_024, 12).cut(segments(List.of(30, 25, 20)))).hasSize(1);
    assertThat(cutter(1_024, 0).cut(segments(List.of(30, 30, 20, 9)))).hasSize(3);
  }

  @Test
  void aSegmentLongerThanTheBudgetStandsAlone() {
    List<List<SegmentSlot>> batches = cutter(64, 64).cut(segments(List.of(10, 500, 10)));

    assertThat(batches).extracting(List::size).containsExactly(1, 2);
  }

  @Test
  void aBudgetThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new BatchBudget(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchBudget(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static BatchCutter cutter(int tokens, int callTokens) {
    return new BatchCutter(new BatchBudget(tokens, callTokens));
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
