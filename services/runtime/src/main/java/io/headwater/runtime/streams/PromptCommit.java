package io.headwater.runtime.streams;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Commits what comes after a quiet time at once, instead of when the commit interval is over: a
 * lone record is seen as soon as it is done, and in a flood there are hardly more commits than
 * before.
 *
 * <p>Made in a processor's {@code init}, and used on its stream thread.
 */
public final class PromptCommit {
  /** When this thread last asked: a commit is one of all the tasks of a thread. */
  private static final ThreadLocal<Long> ASKED = new ThreadLocal<>();

  private final ProcessingContext context;
  private final long quietNanos;

  /** For the processor of this context; the quiet time is its commit interval. */
  public PromptCommit(ProcessingContext context) {
    this.context = context;
    Object interval = context.appConfigs().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
    this.quietNanos =
        interval == null
            ? Long.MAX_VALUE
            : TimeUnit.MILLISECONDS.toNanos(Long.parseLong(interval.toString()));
  }

  /** A record's outcome has been forwarded. */
  public void afterRecord() {
    long now = System.nanoTime();
    Long asked = ASKED.get();
    if (asked == null || now - asked >= quietNanos) {
      ASKED.set(now);
      context.commit();
    }
  }
}
