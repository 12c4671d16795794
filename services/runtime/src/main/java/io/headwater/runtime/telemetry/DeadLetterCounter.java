package io.headwater.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts a service's dead letters by their cause. Thread-safe. */
public final class DeadLetterCounter {
  private final MeterRegistry meters;

  public DeadLetterCounter(MeterRegistry meters) {
    this.meters = meters;
  }

  /** One more letter of that cause. */
  public void count(String cause) {
    Counter.builder("headwater.dead.letters")
        .description("Records that could not be processed")
        .tag("cause", cause)
        .register(meters)
        .increment();
  }
}
