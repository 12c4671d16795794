package io.headwater.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InflightTest {
  private final Inflight inflight = new Inflight(2, 10);

  @Test
  void refusesWhatDoesNotFitAndTakesNothingOfIt() {
    Inflight.Reservation first = inflight.open();

    assertThat(first.add(1, 10)).isTrue();
    assertThat(inflight.open().add(1, 1)).isFalse();
    assertThat(inflight.open().add(2, 0)).isFalse();
    assertThat(inflight.messages()).isEqualTo(1);
    assertThat(inflight.bytes()).isEqualTo(10);
  }

  @Test
  void givesBackOnceHoweverOftenItIsClosed() {
    Inflight.Reservation first = inflight.open();
    assertThat(first.add(2, 5)).isTrue();
    Inflight.Reservation second = inflight.open();
    assertThat(second.add(0, 3)).isTrue();

    first.close();
    first.close();

    assertThat(inflight.messages()).isZero();
    assertThat(inflight.bytes()).isEqualTo(3);
  }

  @Test
  void letsAWaiterInWhenThereIsRoom() throws Exception {
    Inflight.Reservation first = inflight.await(2, 2);
    CompletableFuture<Inflight.Reservation> second = CompletableFuture.supplyAsync(this::awaitOne);

    await().during(Duration.ofMillis(100)).until(() -> !second.isDone());
    first.close();

    second.get(5, TimeUnit.SECONDS).close();
    assertThat(inflight.awaitNone(Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void letsInAloneWhatWouldNeverFit() throws Exception {
    Inflight.Reservation huge = inflight.await(1, 1_000);

    assertThat(inflight.bytes()).isEqualTo(1_000);
    assertThat(inflight.awaitNone(Duration.ofMillis(10))).isFalse();
    huge.close();
  }

  private Inflight.Reservation awaitOne() {
    try {
      return inflight.await(1, 1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
