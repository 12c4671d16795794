package io.headwater.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MEBI = 1L << 20;

  @Test
  void aLimitThatCannotHoldTheModelIsRefusedInOneLine() {
    MemoryPlan plan = new MemoryPlan(256 * MEBI, 64 * MEBI, Map.of("model large@1", 300 * MEBI));

    assertThatThrownBy(() -> plan.check("scorer"))
        .isInstanceOf(StartException.class)
        .message()
        .startsWith("scorer: has 256 MiB of memory, and needs at least 554 MiB")
        .contains("model large@1 300")
        .doesNotContain("\n");
  }

  @Test
  void aHeapThatWouldNotFitBesideTheRestIsOnlyWarnedOf() {
    MemoryPlan plan = new MemoryPlan(1024 * MEBI, 900 * MEBI, Map.of("model", 300 * MEBI));

    assertThatCode(() -> plan.check("scorer")).doesNotThrowAnyException();
  }

  @Test
  void theLimitOfThisProcessIsKnown() {
    MemoryPlan plan = MemoryPlan.here(Map.of());

    assertThat(plan.limitBytes()).isBetween(64 * MEBI, Long.MAX_VALUE - 1);
    assertThat(plan.heapBytes()).isLessThanOrEqualTo(plan.limitBytes());
  }
}
