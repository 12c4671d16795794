package io.headwater.runtime.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.runtime.telemetry.Telemetry;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeadLetterBreakerTest {
  private static final BreakerOptions HALF_OF_TEN =
      new BreakerOptions(10, 0.5, Duration.ofMillis(50));

  @Test
  void opensWhenTheShareOfTheLastRecordsFails() {
    DeadLetterBreaker breaker = new DeadLetterBreaker(HALF_OF_TEN);
    fail(breaker, 4);
    assertThatCode(breaker::check).doesNotThrowAnyException();

    fail(breaker, 1);

    assertThat(breaker.isStopped()).isTrue();
    assertThatThrownBy(breaker::check)
        .isInstanceOf(TooManyDeadLettersException.class)
        .hasMessageContaining("5 or more of the last 10 records")
        .hasMessageContaining("NOT_AVRO")
        .hasMessageContaining("breaker.window=0");
  }

  @Property(tries = 50)
  void staysClosedWhileFewerFailHoweverManyTheyAreInAll(@ForAll @IntRange(min = 1, max = 5) int n) {
    DeadLetterBreaker breaker = new DeadLetterBreaker(HALF_OF_TEN);
    for (int round = 0; round < 200; round++) {
      // Never more than four in any ten records that follow each other.
      boolean bad = round % 5 == n - 1 || round % 10 == n + 4;
      record(breaker, bad);
    }
    assertThat(breaker.isStopped()).isEqualTo(false);
  }

  @Test
  void readsAgainAfterThePauseAndClosesWhenRecordsPass() {
    DeadLetterBreaker breaker = new DeadLetterBreaker(HALF_OF_TEN);
    fail(breaker, 5);
    assertThat(breaker.mayRead()).isFalse();

    await().until(breaker::mayRead);
    for (int i = 0; i < 10; i++) {
      breaker.passed();
    }
    fail(breaker, 4);

    assertThatCode(breaker::check).doesNotThrowAnyException();
  }

  @Test
  void aProbeThatFailsStopsReadingAgain() {
    DeadLetterBreaker breaker = new DeadLetterBreaker(HALF_OF_TEN);
    fail(breaker, 5);
    await().until(breaker::mayRead);

    fail(breaker, 11);

    assertThat(breaker.isStopped()).isTrue();
  }

  @Test
  void windowZeroLetsEverythingPass() {
    DeadLetterBreaker breaker = new DeadLetterBreaker(BreakerOptions.OFF);

    fail(breaker, 100_000);

    assertThat(breaker.isStopped()).isFalse();
    assertThat(breaker.mayRead()).isTrue();
  }

  @Test
  void readinessAndMetricsTellOfIt() {
    try (Telemetry telemetry = Telemetry.of("scorer")) {
      DeadLetterBreaker breaker = new DeadLetterBreaker(HALF_OF_TEN, telemetry);
      for (int i = 0; i < 8; i++) {
        breaker.passed();
      }
      fail(breaker, 2);
      assertThat(telemetry.health().ready().ok()).isTrue();
      assertThat(telemetry.meters().get("headwater.dead.letters.share").gauge().value())
          .isEqualTo(0.2);

      fail(breaker, 3);

      assertThat(telemetry.health().ready().ok()).isFalse();
      assertThat(telemetry.meters().get("headwater.breaker.open").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void theBreakersOfTwoTasksAreToldApart() {
    try (Telemetry telemetry = Telemetry.of("scorer")) {
      DeadLetterBreaker sound = new DeadLetterBreaker(HALF_OF_TEN, telemetry, "sentiment");
      DeadLetterBreaker broken = new DeadLetterBreaker(HALF_OF_TEN, telemetry, "translation");
      sound.passed();

      fail(broken, 10);

      assertThat(telemetry.health().ready().checks())
          .hasEntrySatisfying("breaker.sentiment", status -> assertThat(status.ok()).isTrue())
          .hasEntrySatisfying("breaker.translation", status -> assertThat(status.ok()).isFalse());
      assertThat(open(telemetry, "sentiment")).isZero();
      assertThat(open(telemetry, "translation")).isEqualTo(1);
    }
  }

  private static double open(Telemetry telemetry, String task) {
    return telemetry.meters().get("headwater.breaker.open").tag("task", task).gauge().value();
  }

  private static void fail(DeadLetterBreaker breaker, int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed("NOT_AVRO");
    }
  }

  private static void record(DeadLetterBreaker breaker, boolean bad) {
    if (bad) {
      breaker.failed("NOT_AVRO");
    } else {
      breaker.passed();
    }
  }
}
