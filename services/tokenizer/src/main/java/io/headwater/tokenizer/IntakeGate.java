package io.headwater.tokenizer;

import dev.failsafe.RateLimiter;
import io.headwater.runtime.config.OffsetRanges;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Lets the records of the range through, in their time. Holds the stream thread back for one
 * record's time at most, so that the thread still polls and commits.
 */
final class IntakeGate extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  private final OffsetRanges range;
  private final Optional<RateLimiter<Object>> limiter;

  IntakeGate(OffsetRanges range, Optional<RateLimiter<Object>> limiter) {
    this.range = range;
    this.limiter = limiter;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata position =
        context().recordMetadata().orElseThrow(() -> new IllegalStateException("No position"));
    if (range.contains(position.partition(), position.offset())) {
      limiter.ifPresent(IntakeGate::await);
      context().forward(record);
    }
  }

  private static void await(RateLimiter<Object> limiter) {
    try {
      limiter.acquirePermit();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
