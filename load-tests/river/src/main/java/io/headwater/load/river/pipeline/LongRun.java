package io.headwater.load.river.pipeline;

import io.headwater.load.river.corpus.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;

/** Keeps a river saturated for long, and measures one stretch of time after the other. */
public final class LongRun {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final River.Services services;
  private final LongToIntFunction tokens;
  private final int inFlight;

  /**
   * Of services that run.
   *
   * @param tokens how many the message with that number has
   * @param inFlight messages that are kept in the river
   */
  public LongRun(River.Services services, LongToIntFunction tokens, int inFlight) {
    this.services = services;
    this.tokens = tokens;
    this.inFlight = inFlight;
  }

  /**
   * Runs it, and waits until the river is empty again.
   *
   * @param every length of a stretch; what a unit of work is, some seconds, must fit in many times
   * @param hears of each stretch when it is over
   * @throws IllegalStateException if nothing comes for so long that a stretch has no rate
   */
  public List<Stretch> run(
      Traffic traffic, Duration whole, Duration every, Consumer<Stretch> hears) {
    List<Stretch> stretches = new ArrayList<>();
    try (Feed feed = services.feed(traffic);
        ResultTap insights = services.insights()) {
      feed.upTo(inFlight);
      long seen = insights.awaitFirst();
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < whole.toNanos()) {
        Timeline timeline = new Timeline();
        timeline.add(System.nanoTime(), List.of(), services.cost());
        while (timeline.seconds() * 1e9 < every.toNanos()) {
          List<Seen> came = insights.poll(LOOK);
          timeline.add(System.nanoTime(), came, services.cost());
          seen += came.size();
          feed.upTo(seen + inFlight);
        }
        Stretch stretch = stretch(timeline.steady(), (System.nanoTime() - begun) / 1e9);
        stretches.add(stretch);
        hears.accept(stretch);
      }
      insights.awaitMore(feed.next() - seen);
      if (insights.repeated() > 0) {
        throw new IllegalStateException(insights.repeated() + " results came twice");
      }
    }
    return stretches;
  }

  private Stretch stretch(Steady steady, double seconds) {
    long count =
        steady.results().stream().mapToLong(seen -> tokens.applyAsInt(seen.number())).sum();
    return new Stretch(seconds, steady, count, services.residentBytes());
  }
}
