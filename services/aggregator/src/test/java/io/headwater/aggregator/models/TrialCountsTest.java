package io.headwater.aggregator.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrialCountsTest {
  private static final ModelRef LIVE = new ModelRef("m", "2");
  private static final ModelRef BESIDE = new ModelRef("m", "1");
  private static final CanaryTrial CANARY =
      new CanaryTrial(LIVE, 0.1, Instant.EPOCH, 0.1, 0.25, 4L);

  private final TrialCounts counts = new TrialCounts(LIVE, BESIDE, 100);

  @Test
  void aPairIsComparedWhicheverHalfComesFirst() {
    counts.live(message(1), LIVE, "positive");
    counts.beside(message(1), BESIDE, "positive");
    counts.beside(message(2), BESIDE, "negative");
    counts.live(message(2), LIVE, "positive");
    counts.live(message(3), LIVE, "positive");

    assertThat(counts.compared()).isEqualTo(2);
    assertThat(counts.agreement()).isEqualTo(0.5);
    assertThat(counts.seen()).isEqualTo(3);
  }

  @Test
  void scoresOfOtherModelsAreNotThisTrials() {
    counts.live(message(1), BESIDE, "positive");
    counts.beside(message(1), LIVE, "positive");
    counts.liveFailed(BESIDE);

    assertThat(counts.seen()).isZero();
    assertThat(counts.compared()).isZero();
    assertThat(counts.agreement()).isEqualTo(1);
  }

  @Test
  void aHalfIsForgottenWhenItsOtherHalfDoesNotCome() {
    for (int i = 0; i < 101; i++) {
      counts.live(message(i), LIVE, "positive");
    }
    counts.beside(message(0), BESIDE, "positive");
    counts.beside(message(1), BESIDE, "positive");

    assertThat(counts.compared()).isEqualTo(1);
  }

  @Test
  void aCanaryIsNotJudgedBeforeItsMinimum() {
    counts.liveFailed(LIVE);
    counts.liveFailed(LIVE);
    counts.liveFailed(LIVE);
    assertThat(CanaryJudgement.fault(CANARY, counts)).isEmpty();

    counts.liveFailed(LIVE);
    assertThat(CanaryJudgement.fault(CANARY, counts))
        .contains("100.0 % of 4 messages became dead letters; the limit is 10.0 %");
  }

  @Test
  void aCanaryThatDisagreesTooOftenIsFound() {
    for (int i = 0; i < 4; i++) {
      counts.live(message(i), LIVE, "positive");
      counts.beside(message(i), BESIDE, i < 2 ? "positive" : "negative");
    }

    assertThat(CanaryJudgement.fault(CANARY, counts))
        .contains("50.0 % of 4 messages got another label; the limit is 25.0 %");
  }

  @Test
  void aCanaryWithinItsLimitsGoesOn() {
    for (int i = 0; i < 20; i++) {
      counts.live(message(i), LIVE, "positive");
      counts.beside(message(i), BESIDE, i < 16 ? "positive" : "negative");
    }
    counts.liveFailed(LIVE);

    assertThat(CanaryJudgement.fault(CANARY, counts)).isEmpty();
  }

  private static Origin message(long offset) {
    return new Origin("messages", 0, offset);
  }
}
