package io.headwater.runtime.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * Commits what has been done before the commit interval is over: after a quiet time at once, and
 * else at the {@link CommitPace} of a machine that is more or less busy. So a lone record is seen
 * as soon as it is done, and a flood has few commits, one an interval. Kafka Streams' own clock,
 * which knows of none of this, runs beside with a longer interval: what no processor tells of here,
 * such as records that are only skipped, is committed by that.
 *
 * <p>Made in a processor's {@code init}, and used on its stream thread. A commit is one of all the
 * tasks of a thread, so they keep one pace together.
 */
public final class PromptCommit {
  /** Property that holds the longest wait, in milliseconds; without it only a first is prompt. */
  static final String LONGEST_WAIT = "headwater.commit.wait.ms";

  /** Kafka Streams' own interval by the longest wait, and what it is not raised beyond. */
  private static final int BEHIND = 5;

  private static final long FURTHEST_BEHIND_MS = 1_000;

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

  /**
   * Takes the commit interval for the longest wait, and gives Kafka Streams a longer one.
   *
   * @param properties of Kafka Streams; without a commit interval they stay as they are
   * @throws org.apache.kafka.common.config.ConfigException when the interval is no number
   */
  static void configure(Map<String, Object> properties) {
    Object configured = properties.get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
    if (configured != null) {
      long longest =
          (Long)
              ConfigDef.parseType(
                  StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, configured, ConfigDef.Type.LONG);
      properties.put(LONGEST_WAIT, longest);
      properties.put(
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, clock(Duration.ofMillis(longest)).toMillis());
    }
  }

  /**
   * How often Kafka Streams commits by itself where a service has this commit interval: what was
   * done that long ago is committed, whoever asked for it or nobody.
   */
  public static Duration clock(Duration interval) {
    long longest = interval.toMillis();
    return Duration.ofMillis(Math.max(longest, Math.min(BEHIND * longest, FURTHEST_BEHIND_MS)));
  }

  /** The longest wait that has been configured. */
  static Optional<Duration> longestWait(Map<String, ?> properties) {
    return Optional.ofNullable(properties.get(LONGEST_WAIT))
        .map(millis -> Duration.ofMillis((Long) millis));
  }

  /** For the processor of this context. */
  public PromptCommit(ProcessingContext context) {
    this(context, CommitPace.MACHINE, System::nanoTime);
  }

  PromptCommit(ProcessingContext context, CommitPace pace, LongSupplier nanoTime) {
    this.context = context;
    this.pace = pace;
    this.nanoTime = nanoTime;
    this.interval = longestWait(context.appConfigs()).orElse(null);
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
