package io.headwater.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.runtime.http.Problem;
import io.headwater.runtime.http.RefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MessageRatesTest {
  private static final String ANN = "192.0.2.1";
  private static final String BOB = "192.0.2.2";

  private final AtomicLong nanos = new AtomicLong(-5);

  @Test
  void withoutLimitsEverybodyComesIn() {
    MessageRates rates = new MessageRates(RateLimits.NONE, nanos::get);

    for (int i = 0; i < 1_000; i++) {
      rates.enter(ANN).charge(1_000_000);
    }
  }

  @Test
  void aClientThatSendsMoreThanItsRateWaitsAndOthersDoNot() {
    MessageRates rates = new MessageRates(new RateLimits(0, 2), nanos::get);
    rates.enter(ANN).charge(1);
    rates.enter(ANN).charge(1);

    Problem problem = refused(rates, ANN);

    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.kind()).isEqualTo("too-fast");
    assertThat(problem.retryAfterSeconds()).hasValue(1);
    assertThatCode(() -> rates.enter(BOB)).doesNotThrowAnyException();
    pass(Duration.ofMillis(500));
    assertThatCode(() -> rates.enter(ANN)).doesNotThrowAnyException();
    assertThat(refused(rates, ANN).status()).isEqualTo(429);
  }

  @Test
  void allClientsTogetherAreHeldToTheirRate() {
    MessageRates rates = new MessageRates(new RateLimits(2, 0), nanos::get);
    rates.enter(ANN).charge(1);
    rates.enter(BOB).charge(1);

    assertThat(refused(rates, ANN).detail()).startsWith("All clients together");
    pass(Duration.ofSeconds(1));
    assertThatCode(() -> rates.enter(ANN)).doesNotThrowAnyException();
  }

  @Test
  void aBatchAboveTheRateComesInAndIsPaidForAfterwards() {
    MessageRates rates = new MessageRates(new RateLimits(0, 10), nanos::get);

    rates.enter(ANN).charge(100);

    assertThat(refused(rates, ANN).retryAfterSeconds()).hasValue(10);
    pass(Duration.ofSeconds(9));
    assertThat(refused(rates, ANN).retryAfterSeconds()).hasValue(1);
    pass(Duration.ofMillis(200));
    assertThatCode(() -> rates.enter(ANN)).doesNotThrowAnyException();
  }

  @Test
  void whatIsNotUsedIsSavedForOneSecondAndNoLonger() {
    MessageRates rates = new MessageRates(new RateLimits(0, 3), nanos::get);
    pass(Duration.ofHours(1));

    for (int i = 0; i < 3; i++) {
      rates.enter(ANN).charge(1);
    }

    assertThat(refused(rates, ANN).status()).isEqualTo(429);
  }

  @Test
  void whoIsRefusedForTheOthersSakePaysNothing() {
    MessageRates rates = new MessageRates(new RateLimits(1, 2), nanos::get);
    rates.enter(BOB).charge(1);
    for (int i = 0; i < 10; i++) {
      assertThat(refused(rates, ANN).detail()).startsWith("All clients together");
    }
    pass(Duration.ofSeconds(1));

    assertThatCode(() -> rates.enter(ANN)).doesNotThrowAnyException();
  }

  private static Problem refused(MessageRates rates, String address) {
    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> rates.enter(address));
    assertThat(refusal).isNotNull();
    return refusal.problem();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
