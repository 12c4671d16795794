package io.headwater.tokenizer;

import io.headwater.avro.TokenSequence;
import io.headwater.runtime.telemetry.DeadLetterCounter;
import io.headwater.runtime.telemetry.Latency;
import io.headwater.schemas.DeadLetterCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** What the tokenizer counts. Thread-safe. */
final class TokenizerMetrics {
  private final MeterRegistry meters;
  private final Clock clock;
  private final Latency latency;
  private final DeadLetterCounter deadLetters;
  private final Counter recordsIn;
  private final DistributionSummary tokens;

  TokenizerMetrics(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
    this.latency = new Latency(meters, clock);
    this.deadLetters = new DeadLetterCounter(meters);
    this.recordsIn =
        Counter.builder("headwater.records.in").description("Records read").register(meters);
    this.tokens =
        DistributionSummary.builder("headwater.message.tokens")
            .description("Tokens of a message")
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

  void appended(long timestamp) {
    latency.appended(timestamp);
  }

  void sequenceOut(TokenSequence sequence) {
    boolean skipped = sequence.getSkipReason() != null;
    Counter.builder("headwater.records.out")
        .description("Token sequences written")
        .tag("task", sequence.getTask())
        .tag("language", sequence.getLanguage())
        .tag("skipped", Boolean.toString(skipped))
        .register(meters)
        .increment();
    if (!skipped) {
      tokens.record(sequence.getTokenCount());
    }
    if (sequence.getSentAt() != null) {
      latency.sent(sequence.getSentAt());
    }
  }

  void deadLetter(DeadLetterCause cause) {
    deadLetters.count(cause.name());
  }
}
