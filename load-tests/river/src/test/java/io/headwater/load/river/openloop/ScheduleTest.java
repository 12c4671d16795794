package io.headwater.load.river.openloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aFixedRateIsEven() {
    Schedule schedule = new Schedule(50, false);

    assertThat(schedule.dueAt(0)).isZero();
    assertThat(schedule.dueAt(1)).isEqualTo(20_000_000);
    assertThat(schedule.dueAt(500)).isEqualTo(10 * SECOND);
  }

  @Test
  void aBurstBringsThreeTenthsOfTenSecondsInTheFirst() {
    Schedule schedule = new Schedule(100, true);

    assertThat(schedule.dueAt(299)).isLessThan(SECOND);
    assertThat(schedule.dueAt(301)).isGreaterThan(SECOND);
    assertThat(schedule.dueAt(1_000)).isEqualTo(10 * SECOND);
    assertThat(schedule.dueAt(1_299)).isBetween(10 * SECOND, 11 * SECOND);
  }

  @Property
  void laterMessagesAreDueLater(
      @ForAll @DoubleRange(min = 0.5, max = 10_000) double rate,
      @ForAll boolean bursts,
      @ForAll @IntRange(max = 100_000) int number) {
    Schedule schedule = new Schedule(rate, bursts);

    assertThat(schedule.dueAt(number + 1L)).isGreaterThan(schedule.dueAt(number));
  }

  @Test
  void noRateIsRefused() {
    assertThatThrownBy(() -> new Schedule(0, false)).isInstanceOf(IllegalArgumentException.class);
  }
}
