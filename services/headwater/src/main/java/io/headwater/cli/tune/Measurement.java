package io.headwater.cli.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** What one setup has done so far: sums over all of its passes. Owned by one thread. */
final class Measurement implements CallObserver {
  private final Setup setup;
  private final List<Long> calls = new ArrayList<>();
  private long messages;
  private long tokens;
  private long computed;
  private long nanos;

  Measurement(Setup setup) {
    this.setup = setup;
  }

  @Override
  public void called(long real, long padded, long took) {
    tokens += real;
    computed += padded;
    calls.add(took);
  }

  /**
   * Counts the messages of a pass.
   *
   * @param took how long it took, in nanoseconds: less than its calls where they ran side by side
   */
  void passed(int count, long took) {
    messages += count;
    nanos += took;
  }

  Setup setup() {
    return setup;
  }

  /** Whether it has run at all. */
  boolean isMeasured() {
    return nanos > 0;
  }

  /** Tokens of the messages, without padding. */
  double tokensPerSecond() {
    return perSecond(tokens);
  }

  double messagesPerSecond() {
    return perSecond(messages);
  }

  /** Share of the computed tokens that is padding; empty where that is not known. */
  OptionalDouble padding() {
    return computed == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - (double) tokens / computed);
  }

  /** Milliseconds that 99 of 100 calls of the model do not exceed. */
  double slowestMillis() {
    List<Long> sorted = new ArrayList<>(calls);
    Collections.sort(sorted);
    int at = (int) Math.ceil(0.99 * sorted.size()) - 1;
    return sorted.isEmpty() ? 0 : (double) sorted.get(at) / TimeUnit.MILLISECONDS.toNanos(1);
  }

  private double perSecond(long count) {
    return nanos == 0 ? 0 : (double) count * TimeUnit.SECONDS.toNanos(1) / nanos;
  }
}
