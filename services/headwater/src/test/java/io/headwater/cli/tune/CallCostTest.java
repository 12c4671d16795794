package io.headwater.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.scorer.batch.SegmentSlot;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallCostTest {

  @Test
  void whatACallTakesBesideItsTokensIsToldInTokens() {
    assertThat(CallCost.of(batch -> 4_800 + 400L * tokens(batch), 1_024, 512)).isEqualTo(12);
    assertThat(CallCost.of(batch -> 400L * tokens(batch), 1_024, 512)).isZero();
  }

  @Test
  void aModelOfShortSegmentsIsMeasuredWithThose() {
    assertThat(CallCost.of(batch -> 70 + 10L * tokens(batch), 128, 16)).isEqualTo(7);
    assertThat(CallCost.of(batch -> 5 + 10L * tokens(batch), 1, 2)).isEqualTo(1);
  }

  @Test
  void whereTokensCostNothingACallIsWorthABatch() {
    assertThat(CallCost.of(batch -> 5_000, 1_024, 512)).isEqualTo(1_024);
  }

  private static long tokens(List<SegmentSlot> batch) {
    return batch.stream().mapToLong(SegmentSlot::length).sum();
  }
}
