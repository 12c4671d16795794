package io.headwater.aggregator.topology;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.schemas.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a registry that does not answer again, a few times: a short outage then costs no rebalance.
 * It gives up well before the stream thread's transaction times out. The record stays where it is
 * and is read again by the thread that replaces this one.
 */
public final class RegistryPatience {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryPatience.class);
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 6;

  /** No new attempt after this: one that hangs takes ten seconds by itself. */
  private static final long LONG_ENOUGH_MS = 15_000;

  private final Pause pause;
  private final Clock clock;
  private final AggregatorMetrics metrics;

  public RegistryPatience(Pause pause, Clock clock, AggregatorMetrics metrics) {
    this.pause = requireNonNull(pause, "pause");
    this.clock = requireNonNull(clock, "clock");
    this.metrics = requireNonNull(metrics, "metrics");
  }

  /**
   * Asks until there is an answer.
   *
   * @throws RegistryUnavailableException when there is none after several attempts
   */
  <T> T ask(Supplier<T> question) {
    Duration wait = FIRST;
    long began = clock.millis();
    for (int attempt = 1; ; attempt++) {
      try {
        return question.get();
      } catch (RegistryUnavailableException e) {
        if (attempt == ATTEMPTS || clock.millis() - began > LONG_ENOUGH_MS) {
          throw e;
        }
        metrics.registryRetry();
        LOG.warn("registry=unavailable attempt={} retry_in_ms={}", attempt, wait.toMillis());
        sleep(wait);
        wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
      }
    }
  }

  private void sleep(Duration wait) {
    try {
      pause.pause(wait);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
