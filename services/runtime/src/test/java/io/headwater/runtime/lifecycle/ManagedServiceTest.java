package io.headwater.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.runtime.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagedServiceTest {
  private final Telemetry telemetry = Telemetry.of("probe");
  private final List<String> closed = new ArrayList<>();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void closesWhatItOpenedTheLastOneFirstAndOnce() {
    Probe service = new Probe(() -> {});
    service.start();
    service.start();
    assertThat(service.state()).isEqualTo(ServiceState.RUNNING);

    service.close();
    service.close();

    assertThat(closed).containsExactly("second", "first");
    assertThat(service.state()).isEqualTo(ServiceState.STOPPED);
  }

  @Test
  void aFailedStartGivesEverythingBackAndIsNotLive() {
    Probe service =
        new Probe(
            () -> {
              throw new StartException("probe: no luck");
            });

    assertThatThrownBy(service::start).hasMessage("probe: no luck");

    assertThat(closed).containsExactly("second", "first");
    assertThat(service.state()).isEqualTo(ServiceState.FAILED);
    assertThat(telemetry.health().live().ok()).isFalse();
  }

  @Test
  void aCloseEndsAStartThatWaits() {
    CountDownLatch waiting = new CountDownLatch(1);
    Probe service =
        new Probe(
            () -> {
              waiting.countDown();
              waitForEver();
            });
    CompletableFuture<Boolean> start =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                service.start();
              } finally {
                closed.add("interrupted=" + Thread.currentThread().isInterrupted());
              }
              return true;
            });
    await().until(() -> waiting.getCount() == 0);

    service.close();

    assertThatThrownBy(start::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("probe: was stopped while it was starting");
    assertThat(closed).containsExactlyInAnyOrder("second", "first", "interrupted=false");
    assertThat(service.state()).isEqualTo(ServiceState.STOPPED);
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private final class Probe extends ManagedService {
    private final Runnable last;

    Probe(Runnable last) {
      super("probe", telemetry);
      this.last = last;
    }

    @Override
    protected void open() {
      own(() -> closed.add("first"));
      own(() -> closed.add("second"));
      last.run();
      stateHolder().running();
    }
  }
}
