package io.headwater.runtime.streams;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * Commits what has been done before the commit interval is over: after a quiet time at once, and
 * else at the {@link CommitPace} of a machine that is more or less busy. So a lone record is seen
 * as soon as it is done, and a flood has few commits: at most two an interval, as Kafka Streams'
 * own clock runs beside.
 *
 * <p>Made in a processor's {@code init}, and used on its stream thread. A commit is one of all the
 * tasks of a thread, so they keep one pace together.
 */
public final class PromptCommit {
  private static final CommitPace MACHINE = CommitPace.ofThisMachine();

  /** Kafka Streams takes no shorter one. */
  private static final Duration SHORTEST_TIMER = Duration.ofMillis(1);

  private static final ThreadLocal<Asked> ASKED = ThreadLocal.withInitial(Asked::new);

  private final ProcessingContext context;
  private final @Nullable Duration interval;
  private final CommitPace pace;
  private final LongSupplier nanoTime;

  /** What the processors of a thread know of each other. */
  private static final class Asked {
    private boolean ever;
    private long at;
    private @Nullable Cancellable timer;

    void stopTimer() {
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    }
  }

  /** For the processor of this context; the longest wait is its commit interval. */
  public PromptCommit(ProcessingContext context) {
    this(context, MACHINE, System::nanoTime);
  }

  PromptCommit(ProcessingContext context, CommitPace pace, LongSupplier nanoTime) {
    this.context = context;
    this.pace = pace;
    this.nanoTime = nanoTime;
    Object configured = context.appConfigs().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
    this.interval =
        configured == null ? null : Duration.ofMillis(Long.parseLong(configured.toString()));
  }

  /** A record's outcome has been forwarded. */
  public void afterRecord() {
    Asked asked = ASKED.get();
    if (interval == null) {
      if (!asked.ever) {
        ask(asked);
      }
      return;
    }
    long now = nanoTime.getAsLong();
    long due = asked.at + pace.wait(interval).toNanos();
    if (!asked.ever || now - due >= 0) {
      ask(asked);
    } else if (asked.timer == null) {
      // One that is lost because its task leaves this thread is not missed for long: the next
      // record after its time asks, or Kafka Streams' own interval is over.
      Duration left = Duration.ofNanos(due - now);
      asked.timer =
          context.schedule(
              left.compareTo(SHORTEST_TIMER) < 0 ? SHORTEST_TIMER : left,
              PunctuationType.WALL_CLOCK_TIME,
              unused -> ask(asked));
    }
  }

  /** A timer left running would make Kafka Streams commit for ever, records or not. */
  private void ask(Asked asked) {
    asked.stopTimer();
    asked.ever = true;
    asked.at = nanoTime.getAsLong();
    context.commit();
  }
}
