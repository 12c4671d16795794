package io.headwater.scorer;

import io.headwater.avro.Explanation;
import io.headwater.runtime.telemetry.DeadLetterCounter;
import io.headwater.runtime.telemetry.Latency;
import io.headwater.scorer.ScorerTask.Counted;
import io.headwater.scorer.sentiment.ScoringObserver;
import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.translation.TranslationObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the scorer counts of one task: each metric has the task as a tag. */
final class ScorerMetrics {
  /** What a unit was begun again for. */
  static final String KAFKA = "kafka";

  static final String REGISTRY = "registry";

  private final MeterRegistry meters;
  private final Tags tags;
  private final Latency latency;
  private final DeadLetterCounter deadLetters;
  private final Counter recordsIn;
  private final Counter realTokens;
  private final Timer inference;
  private final DistributionSummary unitRecords;

  ScorerMetrics(MeterRegistry meters, Clock clock, String task) {
    this.meters = meters;
    this.tags = Tags.of("task", task);
    this.latency = new Latency(meters, clock, tags);
    this.deadLetters = new DeadLetterCounter(meters, tags);
    this.recordsIn = counter("headwater.records.in", "Records read");
    this.realTokens = counter("headwater.tokens", "Tokens given to the model");
    // There from the start: the first of them must be seen as a rise.
    retries(KAFKA);
    retries(REGISTRY);
    this.unitRecords = summary("headwater.unit.records", "Records of a unit of work");
    this.inference =
        Timer.builder("headwater.inference")
            .description("Time of one call of the model")
            .tags(tags)
            .publishPercentiles(0.5, 0.99)
            .register(meters);
  }

  /** Says where models run; the value is always 1. */
  void provider(String provider, boolean fellBack) {
    Gauge.builder("headwater.execution.provider", () -> 1)
        .description("Where models run; fallback=true: a GPU was preferred and not usable")
        .tags(tags)
        .tag("provider", provider)
        .tag("fallback", Boolean.toString(fellBack))
        .register(meters);
  }

  /** A unit is done: counted here and not before, so that what is tried again counts once. */
  void committed(ScoredUnit unit) {
    recordsIn.increment(unit.answers().size());
    unitRecords.record(unit.answers().size());
    for (ScoredUnit.Answer answer : unit.answers()) {
      answer.result().ifPresent(result -> scored(result, answer.readAt()));
      answer.cause().ifPresent(cause -> deadLetters.count(cause.name()));
    }
  }

  /** A unit is begun again for that part of the environment. */
  void retry(String environment) {
    retries(environment).increment();
  }

  /** Counts batches of sentiment. */
  ScoringObserver batches() {
    Counter computed = counter("headwater.tokens.computed", "Tokens computed, padding included");
    DistributionSummary sizes =
        summary("headwater.batch.tokens", "Tokens of a batch, padding included");
    Gauge.builder("headwater.padding.share", () -> paddingShare(computed))
        .description("Share of computed tokens that were padding, since start")
        .tags(tags)
        .register(meters);
    Counter known = lookups("known");
    Counter unknown = lookups("unknown");
    return new ScoringObserver() {
      @Override
      public void batch(long tokens, long padded, long nanos) {
        realTokens.increment((double) tokens);
        computed.increment((double) padded);
        sizes.record((double) padded);
        inference.record(nanos, TimeUnit.NANOSECONDS);
      }

      @Override
      public void spared(int found, int run) {
        known.increment(found);
        unknown.increment(run);
      }
    };
  }

  private Counter lookups(String result) {
    return counter(
        "headwater.segments",
        "Segments looked up among those whose scores are kept",
        tags.and("result", result));
  }

  /** Counts calls of a translation model. */
  TranslationObserver translations() {
    Counter generated = counter("headwater.tokens.generated", "Tokens that the model wrote");
    return (tokens, written, nanos) -> {
      realTokens.increment((double) tokens);
      generated.increment((double) written);
      inference.record(nanos, TimeUnit.NANOSECONDS);
    };
  }

  /** The same explanations, counted and timed. */
  <S> Explaining<S> explained(Explaining<S> explaining) {
    Timer timer =
        Timer.builder("headwater.explanations")
            .description("Explanations made, and the time that each took")
            .tags(tags)
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    return (sequence, result, pulse) -> {
      long begun = System.nanoTime();
      Optional<Explanation> found = explaining.explain(sequence, result, pulse);
      found.ifPresent(unused -> timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
      return found;
    };
  }

  private void scored(Counted result, long appendedAt) {
    Counter.builder("headwater.records.out")
        .description("Results written")
        .tags(tags)
        .tag("label", result.label())
        .register(meters)
        .increment();
    latency.appended(appendedAt);
    result.sentAt().ifPresent(latency::sent);
  }

  private double paddingShare(Counter computed) {
    return computed.count() == 0 ? 0 : 1 - realTokens.count() / computed.count();
  }

  private Counter retries(String environment) {
    return counter(
        "headwater.unit.retries",
        "Units of work begun again",
        tags.and("environment", environment));
  }

  private Counter counter(String name, String description) {
    return counter(name, description, tags);
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(meters);
  }

  private DistributionSummary summary(String name, String description) {
    return DistributionSummary.builder(name)
        .description(description)
        .tags(tags)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}
