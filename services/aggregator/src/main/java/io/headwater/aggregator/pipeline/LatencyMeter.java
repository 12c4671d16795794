package io.headwater.aggregator.pipeline;

import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.avro.Insight;
import io.headwater.schemas.HeadwaterTopics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long each stage took for the insights of the last minute, from the times in their headers.
 * Clocks of different machines are taken as they are: a stage that seems to end before it began
 * took no time. Thread-safe.
 */
public final class LatencyMeter {
  /** Each holds the values of some seconds; together they are the last minute. */
  private static final int SLOTS = 12;

  private static final long SLOT_MS = TimeUnit.MINUTES.toMillis(1) / SLOTS;
  private static final long LONGEST_MS = TimeUnit.DAYS.toMillis(1);
  private static final int DIGITS = 2;

  /**
   * A producer may send what was written long ago: more before the record than this is no time that
   * the message was on its way.
   */
  private static final long MOST_BEFORE_RECORD_MS = TimeUnit.MINUTES.toMillis(10);

  private final Clock clock;
  private final Map<Step, Histogram[]> steps = new LinkedHashMap<>();
  private final long[] slotOf = new long[SLOTS];

  private record Step(String stage, @Nullable String task) {}

  private static final Step END_TO_END = new Step("end-to-end", null);
  private static final Step AGGREGATOR = new Step("aggregator", null);
  private static final List<Step> ORDER =
      List.of(
          new Step("tokenizer", HeadwaterTopics.TRANSLATION),
          new Step("scorer", HeadwaterTopics.TRANSLATION),
          new Step("tokenizer", HeadwaterTopics.SENTIMENT),
          new Step("scorer", HeadwaterTopics.SENTIMENT),
          AGGREGATOR,
          END_TO_END);

  public LatencyMeter(Clock clock) {
    this.clock = clock;
    ORDER.forEach(step -> steps.put(step, new Histogram[SLOTS]));
  }

  /** Counts a new insight, as far as its record tells its way. */
  public synchronized void count(Insight insight, InsightPlace place) {
    InsightPath path = place.path();
    if (path.joinedAt() < 0) {
      return;
    }
    int slot = slot();
    long last = place.timestamp();
    last = task(slot, HeadwaterTopics.TRANSLATION, path.translation(), last);
    last = task(slot, HeadwaterTopics.SENTIMENT, path.sentiment(), last);
    record(slot, AGGREGATOR, last, path.joinedAt());
    record(slot, END_TO_END, begin(insight, place), path.joinedAt());
  }

  /** The stages for which there is something, in the order of the flow. */
  public synchronized List<StageLatency> lastMinute() {
    long now = clock.millis() / SLOT_MS;
    List<StageLatency> found = new ArrayList<>();
    for (Step step : ORDER) {
      Histogram sum = new Histogram(LONGEST_MS, DIGITS);
      Histogram[] slots = slots(step);
      for (int i = 0; i < SLOTS; i++) {
        Histogram part = slots[i];
        long age = now - slotOf[i];
        if (part != null && age >= 0 && age < SLOTS) {
          sum.add(part);
        }
      }
      if (sum.getTotalCount() > 0) {
        found.add(
            new StageLatency(
                step.stage(),
                step.task(),
                sum.getTotalCount(),
                sum.getValueAtPercentile(50),
                sum.getValueAtPercentile(95),
                sum.getValueAtPercentile(99)));
      }
    }
    return found;
  }

  /** The time at which the task was done; the one given where that is not known. */
  private long task(int slot, String task, Optional<TaskSteps> known, long before) {
    if (known.isEmpty()) {
      return before;
    }
    TaskSteps made = known.get();
    record(slot, new Step("tokenizer", task), before, made.tokenizedAt());
    record(slot, new Step("scorer", task), made.tokenizedAt(), made.scoredAt());
    return made.scoredAt() >= 0 ? made.scoredAt() : before;
  }

  private void record(int slot, Step step, long from, long to) {
    if (from < 0 || to < 0) {
      return;
    }
    Histogram[] slots = slots(step);
    Histogram histogram = slots[slot];
    if (histogram == null) {
      histogram = new Histogram(LONGEST_MS, DIGITS);
      slots[slot] = histogram;
    }
    histogram.recordValue(Math.min(LONGEST_MS, Math.max(0, to - from)));
  }

  private static long begin(Insight insight, InsightPlace place) {
    Instant sent = insight.getMessage().getSentAt();
    if (sent == null) {
      return place.timestamp();
    }
    // Any long may be there: compared before it is made one of milliseconds.
    Instant recorded = Instant.ofEpochMilli(place.timestamp());
    boolean plausible =
        !sent.isAfter(recorded) && sent.isAfter(recorded.minusMillis(MOST_BEFORE_RECORD_MS));
    return plausible ? sent.toEpochMilli() : place.timestamp();
  }

  /** The slot of now, emptied of what it held a minute ago. */
  private int slot() {
    long now = clock.millis() / SLOT_MS;
    int slot = (int) (now % SLOTS);
    if (slotOf[slot] != now) {
      slotOf[slot] = now;
      for (Histogram[] slots : steps.values()) {
        if (slots[slot] != null) {
          slots[slot].reset();
        }
      }
    }
    return slot;
  }

  private Histogram[] slots(Step step) {
    Histogram[] slots = steps.get(step);
    if (slots == null) {
      throw new IllegalStateException("Only steps of the flow are counted");
    }
    return slots;
  }
}
