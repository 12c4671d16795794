package io.headwater.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Counts a service's dead letters by their cause. Thread-safe. */
public final class DeadLetterCounter {
  private final MeterRegistry meters;
  private final Tags tags;

  public DeadLetterCounter(MeterRegistry meters) {
    this(meters, Tags.empty());
  }

  /** A counter of a part of a service, told apart from the others by its tags. */
  public DeadLetterCounter(MeterRegistry meters, Tags tags) {
    this.meters = meters;
    this.tags = tags;
  }

  /** One more letter of that cause. */
  public void count(String cause) {
    Counter.builder("headwater.dead.letters")
        .description("Records that could not be processed")
        .tags(tags)
        .tag("cause", cause)
        .register(meters)
        .increment();
  }
}
