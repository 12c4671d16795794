package io.headwater.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.faults.check.RecoveryLog.Recovery;
import org.junit.jupiter.api.Test;

class RecoveryLogTest {
  private static final long SECOND = 1_000_000_000;

  private final RecoveryLog log = new RecoveryLog(0);

  @Test
  void aRecoveryEndsWithTheFirstInsightOfAMessageThatWasSentAfterTheFault() {
    log.faultEnded("kill", 100, 5 * SECOND);
    log.insight(99, 6 * SECOND);
    assertThat(log.unrecovered()).isEqualTo(1);
    log.insight(103, 8 * SECOND);
    log.insight(104, 9 * SECOND);

    assertThat(log.recoveries()).containsExactly(new Recovery("kill", 5, 3));
    assertThat(log.unrecovered()).isZero();
    assertThat(log.longest()).hasValue(3);
  }

  @Test
  void overlappingFaultsAreMeasuredEachFromItsOwnEnd() {
    log.faultEnded("first", 10, 1 * SECOND);
    log.faultEnded("second", 20, 2 * SECOND);
    log.insight(15, 3 * SECOND);
    log.insight(20, 4 * SECOND);

    assertThat(log.recoveries())
        .containsExactly(new Recovery("first", 1, 2), new Recovery("second", 2, 2));
  }
}
