package io.headwater.load.river.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen when, and what it had cost by then. Results come in bursts where work is done in
 * units of seconds; a window that cut a unit in two would count a part of one at each end, so it
 * goes from the beginning of a burst to the beginning of a later one.
 */
public final class Timeline {
  /** Results that come closer to each other than this are one burst. */
  static final long SILENCE_NANOS = 400_000_000;

  private static final double MOSTLY = 0.5;

  private final List<Sample> samples = new ArrayList<>();

  /**
   * One look.
   *
   * @param nanos when
   * @param arrived results that came since the last look
   * @param cost processor seconds used by then, by part
   */
  private record Sample(long nanos, List<Seen> arrived, Map<String, Double> cost) {}

  /** Adds a look, later than those before. */
  public void add(long nanos, List<Seen> arrived, Map<String, Double> cost) {
    samples.add(new Sample(nanos, List.copyOf(arrived), Map.copyOf(cost)));
  }

  /** How many bursts have begun and ended. */
  public int bursts() {
    return complete().size();
  }

  /** Whether results come without silences between them. */
  public boolean isEven() {
    return bursts() == 0;
  }

  /** Seconds from the first look to the last. */
  public double seconds() {
    return samples.isEmpty()
        ? 0
        : (samples.get(samples.size() - 1).nanos() - samples.get(0).nanos()) / 1e9;
  }

  /**
   * The steady part: from the beginning of the first burst to the beginning of the last one, with
   * what the bursts after the first have brought, since that is what was done meanwhile. Where
   * there are no bursts far enough from each other, it goes from the first arrival to the last.
   *
   * @throws IllegalStateException when too little has come to tell a rate
   */
  public Steady steady() {
    List<Burst> bursts = complete();
    if (!areFarApart(bursts)) {
      bursts = arrivals().stream().map(index -> new Burst(index, index)).toList();
    }
    if (bursts.size() < 2) {
      throw new IllegalStateException("Too few results came in the window to tell a rate");
    }
    Burst first = bursts.get(0);
    Burst last = bursts.get(bursts.size() - 1);
    List<Seen> results = new ArrayList<>();
    for (int i = first.end() + 1; i <= last.end(); i++) {
      results.addAll(samples.get(i).arrived());
    }
    Sample begun = samples.get(first.begin());
    Sample ended = samples.get(last.begin());
    Map<String, Double> cost = new HashMap<>();
    ended
        .cost()
        .forEach((part, used) -> cost.put(part, used - begun.cost().getOrDefault(part, 0.0)));
    return new Steady((ended.nanos() - begun.nanos()) / 1e9, results, cost);
  }

  private boolean areFarApart(List<Burst> bursts) {
    return bursts.size() >= 2
        && seconds(bursts.get(0).begin(), bursts.get(bursts.size() - 1).begin())
            >= MOSTLY * seconds();
  }

  private double seconds(int from, int to) {
    return (samples.get(to).nanos() - samples.get(from).nanos()) / 1e9;
  }

  /** Bursts between two silences. */
  private List<Burst> complete() {
    List<Burst> found = new ArrayList<>();
    int begin = -1;
    int previous = 0;
    for (int index : arrivals()) {
      if (isSilent(previous, index)) {
        if (begin >= 0) {
          found.add(new Burst(begin, previous));
        }
        begin = index;
      }
      previous = index;
    }
    if (begin >= 0 && isSilent(previous, samples.size() - 1)) {
      found.add(new Burst(begin, previous));
    }
    return found;
  }

  private boolean isSilent(int from, int to) {
    return samples.get(to).nanos() - samples.get(from).nanos() >= SILENCE_NANOS;
  }

  private List<Integer> arrivals() {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (!samples.get(i).arrived().isEmpty()) {
        found.add(i);
      }
    }
    return found;
  }

  /**
   * Looks at which results came.
   *
   * @param begin the first of them
   * @param end the last of them
   */
  private record Burst(int begin, int end) {}
}
