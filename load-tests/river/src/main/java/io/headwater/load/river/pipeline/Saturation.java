package io.headwater.load.river.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Watches something that works as fast as it can: a warm-up, then a window. */
public final class Saturation {
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final int BURSTS = 3;

  private final Duration warmUp;
  private final Duration window;

  /**
   * How long.
   *
   * @param warmUp from the first result
   * @param window after it; grows to twice as much where results come in few bursts
   */
  public Saturation(Duration warmUp, Duration window) {
    this.warmUp = warmUp;
    this.window = window;
  }

  /**
   * Watches.
   *
   * @param results what comes out
   * @param topUp told how many results have been seen in all, often
   * @param cost processor seconds used so far, by part
   * @param windowBegins run once, after the warm-up
   */
  public Steady watch(
      ResultTap results,
      LongConsumer topUp,
      Supplier<Map<String, Double>> cost,
      Runnable windowBegins) {
    topUp.accept(0);
    long seen = results.awaitFirst();
    topUp.accept(seen);
    long end = System.nanoTime() + warmUp.toNanos();
    while (System.nanoTime() < end) {
      seen += results.poll(LOOK).size();
      topUp.accept(seen);
    }
    windowBegins.run();
    Timeline timeline = new Timeline();
    timeline.add(System.nanoTime(), List.of(), cost.get());
    while (isTooShort(timeline)) {
      List<Seen> came = results.poll(LOOK);
      // The time first: what the look itself costs is not the river's.
      long now = System.nanoTime();
      timeline.add(now, came, cost.get());
      seen += came.size();
      topUp.accept(seen);
    }
    return timeline.steady();
  }

  private boolean isTooShort(Timeline timeline) {
    double wanted = window.toMillis() / 1e3;
    boolean hasFewBursts = timeline.bursts() < BURSTS && !timeline.isEven();
    return timeline.seconds() < (hasFewBursts ? 2 * wanted : wanted);
  }
}
