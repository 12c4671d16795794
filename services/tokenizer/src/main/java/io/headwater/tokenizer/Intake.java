package io.headwater.tokenizer;

import static java.util.Objects.requireNonNull;

import dev.failsafe.RateLimiter;
import io.headwater.runtime.config.OffsetRanges;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Which messages the tokenizer takes, and how fast. All of them as they come, but for a replay.
 *
 * @param range the records that are the work; others are passed over
 * @param perSecond most messages a second, over all threads; 0 for no limit
 */
record Intake(OffsetRanges range, int perSecond) {
  /** All messages, as they come. */
  static final Intake OPEN = new Intake(OffsetRanges.EVERYTHING, 0);

  Intake {
    requireNonNull(range, "range");
    if (perSecond < 0) {
      throw new IllegalArgumentException("A rate is not negative");
    }
  }

  /** Whether messages are held back. */
  boolean isThrottled() {
    return perSecond > 0;
  }

  /** Makes the processors before the tokenizer's; they share one rate. */
  ProcessorSupplier<byte[], byte[], byte[], byte[]> gates() {
    Optional<RateLimiter<Object>> limiter =
        isThrottled()
            ? Optional.of(RateLimiter.smoothBuilder(perSecond, Duration.ofSeconds(1)).build())
            : Optional.empty();
    return () -> new IntakeGate(range, limiter);
  }
}
