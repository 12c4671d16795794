package io.headwater.scorer;

import io.headwater.avro.SentimentScore;
import io.headwater.runtime.telemetry.DeadLetterCounter;
import io.headwater.runtime.telemetry.Latency;
import io.headwater.scorer.sentiment.ScoringObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** What the scorer counts. */
final class ScorerMetrics implements ScoringObserver {
  private final MeterRegistry meters;
  private final Clock clock;
  private final Latency latency;
  private final DeadLetterCounter deadLetters;
  private final Counter recordsIn;
  private final Counter realTokens;
  private final Counter paddedTokens;
  private final DistributionSummary batchTokens;
  private final Timer inference;
  private final DistributionSummary unitRecords;
  private final Counter retries;

  ScorerMetrics(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
    this.latency = new Latency(meters, clock);
    this.deadLetters = new DeadLetterCounter(meters);
    this.recordsIn = counter("headwater.records.in", "Records read");
    this.realTokens = counter("headwater.tokens", "Tokens scored");
    this.paddedTokens = counter("headwater.tokens.computed", "Tokens computed, padding included");
    this.retries = counter("headwater.unit.retries", "Units of work begun again");
    this.batchTokens = summary("headwater.batch.tokens", "Tokens of a batch, padding included");
    this.unitRecords = summary("headwater.unit.records", "Records of a unit of work");
    this.inference =
        Timer.builder("headwater.inference")
            .description("Time of one batch in the model")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    Gauge.builder("headwater.padding.share", this, ScorerMetrics::paddingShare)
        .description("Share of computed tokens that were padding, since start")
        .register(meters);
  }

  long now() {
    return clock.millis();
  }

  /** Says where models run; the value is always 1. */
  void provider(String provider, boolean fellBack) {
    Gauge.builder("headwater.execution.provider", () -> 1)
        .description("Where models run; fallback=true: a GPU was preferred and not usable")
        .tag("provider", provider)
        .tag("fallback", Boolean.toString(fellBack))
        .register(meters);
  }

  /** A unit is done: counted here and not before, so that what is tried again counts once. */
  void committed(ScoredUnit unit) {
    recordsIn.increment(unit.answers().size());
    unitRecords.record(unit.answers().size());
    for (ScoredUnit.Answer answer : unit.answers()) {
      answer.score().ifPresent(score -> scored(score, answer.readAt()));
      answer.cause().ifPresent(cause -> deadLetters.count(cause.name()));
    }
  }

  void retry() {
    retries.increment();
  }

  private void scored(SentimentScore score, long appendedAt) {
    boolean skipped = score.getSkipReason() != null;
    Counter.builder("headwater.records.out")
        .description("Scores written")
        .tag("label", skipped ? "skipped" : score.getLabel())
        .register(meters)
        .increment();
    latency.appended(appendedAt);
    if (score.getSentAt() != null) {
      latency.sent(score.getSentAt());
    }
  }

  @Override
  public void batch(long tokens, long padded, long nanos) {
    realTokens.increment((double) tokens);
    paddedTokens.increment((double) padded);
    batchTokens.record((double) padded);
    inference.record(nanos, TimeUnit.NANOSECONDS);
  }

  private double paddingShare() {
    double computed = paddedTokens.count();
    return computed == 0 ? 0 : 1 - realTokens.count() / computed;
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }

  private DistributionSummary summary(String name, String description) {
    return DistributionSummary.builder(name)
        .description(description)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}
