package io.headwater.tokenizer;

import io.headwater.avro.TokenSequence;
import io.headwater.runtime.telemetry.DeadLetterCounter;
import io.headwater.runtime.telemetry.Latency;
import io.headwater.schemas.DeadLetterCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the tokenizer counts of one hop, under its task. Thread-safe. */
final class TokenizerMetrics {
  /**
   * A translation's language is what its writer says: more of them than there are get no series.
   */
  private static final int MOST_LANGUAGES = 300;

  private final MeterRegistry meters;
  private final Clock clock;
  private final Tags task;
  private final Latency latency;
  private final DeadLetterCounter deadLetters;
  private final Counter recordsIn;
  private final Counter registryRetries;
  private final DistributionSummary tokens;
  private final Set<String> languages = ConcurrentHashMap.newKeySet();

  TokenizerMetrics(MeterRegistry meters, Clock clock, String task) {
    this.meters = meters;
    this.clock = clock;
    this.task = Tags.of("task", task);
    this.latency = new Latency(meters, clock, this.task);
    this.deadLetters = new DeadLetterCounter(meters, this.task);
    this.recordsIn =
        Counter.builder("headwater.records.in")
            .description("Records read")
            .tags(this.task)
            .register(meters);
    this.registryRetries =
        Counter.builder("headwater.registry.retries")
            .description("Times the registry was asked again")
            .tags(this.task)
            .register(meters);
    this.tokens =
        DistributionSummary.builder("headwater.message.tokens")
            .description("Tokens of a message")
            .tags(this.task)
            .baseUnit("tokens")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
  }

  long now() {
    return clock.millis();
  }

  void recordIn() {
    recordsIn.increment();
  }

  void registryRetry() {
    registryRetries.increment();
  }

  /**
   * A token sequence was written.
   *
   * @param timestamp of its record, in milliseconds since the epoch
   */
  void sequenceOut(TokenSequence sequence, long timestamp) {
    boolean skipped = sequence.getSkipReason() != null;
    Counter.builder("headwater.records.out")
        .description("Token sequences written")
        .tags(task)
        .tag("language", known(sequence.getLanguage()))
        .tag("skipped", Boolean.toString(skipped))
        .register(meters)
        .increment();
    if (!skipped) {
      tokens.record(sequence.getTokenCount());
    }
    if (sequence.getSentAt() != null) {
      latency.sent(sequence.getSentAt());
    }
    latency.appended(timestamp);
  }

  void deadLetter(DeadLetterCause cause) {
    deadLetters.count(cause.name());
  }

  private String known(String language) {
    boolean isKnown =
        languages.contains(language)
            || (languages.size() < MOST_LANGUAGES && languages.add(language));
    return isKnown ? language : "other";
  }
}
