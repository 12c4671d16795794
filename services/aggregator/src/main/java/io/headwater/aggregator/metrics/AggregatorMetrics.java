package io.headwater.aggregator.metrics;

import io.headwater.aggregator.window.WindowSize;
import io.headwater.runtime.telemetry.DeadLetterCounter;
import io.headwater.runtime.telemetry.Latency;
import io.headwater.schemas.DeadLetterCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the aggregator counts while records pass. Counted when processed, not when committed: after
 * a failure, records that are processed again count again. Thread-safe.
 */
public final class AggregatorMetrics {
  private final MeterRegistry meters;
  private final Latency latency;
  private final DeadLetterCounter deadLetters;
  private final Counter insights;
  private final Counter expired;
  private final Counter registryRetries;
  private final AtomicLong pending = new AtomicLong();

  public AggregatorMetrics(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.latency = new Latency(meters, clock);
    this.deadLetters = new DeadLetterCounter(meters);
    this.insights = counter("headwater.insights", "Insights made").register(meters);
    this.expired =
        counter("headwater.pending.expired", "Entries dropped because parts never came")
            .register(meters);
    this.registryRetries =
        counter("headwater.registry.retries", "Times the registry was asked again")
            .register(meters);
    Gauge.builder("headwater.pending.entries", pending, AtomicLong::doubleValue)
        .description("Messages that wait for results, and results that wait for messages")
        .register(meters);
  }

  public void recordIn(String topic) {
    counter("headwater.records.in", "Records read")
        .tag("topic", topic)
        .register(meters)
        .increment();
  }

  public void recordOut(String topic) {
    counter("headwater.records.out", "Records written")
        .tag("topic", topic)
        .register(meters)
        .increment();
  }

  /** A record left alone because another stage answers for it. */
  public void skipped(String topic, DeadLetterCause cause) {
    counter("headwater.records.skipped", "Undecodable messages, left to the tokenizer")
        .tags("topic", topic, "cause", cause.name())
        .register(meters)
        .increment();
  }

  public void deadLetter(DeadLetterCause cause) {
    deadLetters.count(cause.name());
  }

  /** A message too late for its window of that size. */
  public void late(WindowSize size) {
    counter("headwater.windows.late", "Messages that came after their window's grace")
        .tag("size", size.label())
        .register(meters)
        .increment();
  }

  /**
   * An insight was made.
   *
   * @param sentAt when its message was sent, where that is known and believable
   * @param timestamp of the message's record, in milliseconds since the epoch
   */
  public void insight(Optional<Instant> sentAt, long timestamp) {
    insights.increment();
    sentAt.ifPresent(latency::sent);
    latency.appended(timestamp);
  }

  /**
   * A task of an insight.
   *
   * @param outcome what became of it: {@code done}, {@code passed} or {@code skipped}
   */
  public void task(String task, String outcome) {
    counter("headwater.insights.tasks", "Tasks of the insights made")
        .tags("task", task, "outcome", outcome)
        .register(meters)
        .increment();
  }

  public void registryRetry() {
    registryRetries.increment();
  }

  public void expired() {
    expired.increment();
  }

  /** The number of pending entries changed by that many. */
  public void pendingChanged(long difference) {
    pending.addAndGet(difference);
  }

  private static Counter.Builder counter(String name, String description) {
    return Counter.builder(name).description(description);
  }
}
