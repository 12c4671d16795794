package io.headwater.cli.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Measures all setups in turns, there and back, so that whatever else the machine does meanwhile
 * falls on all of them alike. Those that are far behind after the first turn are not run again: the
 * time is for those that are close.
 */
final class TuningRun {
  /** Of the best rate; below it, a setup is run once only. */
  private static final double IN_THE_RACE = 0.7;

  private final Map<Measurement, Subject> measured = new LinkedHashMap<>();
  private final LongSupplier nanoTime;

  /**
   * A run over some budgets.
   *
   * @param nanoTime the clock, in nanoseconds
   */
  TuningRun(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Adds a loaded model and the budgets to try with it. */
  void add(Subject subject, int threads, List<Integer> budgets) {
    for (int tokens : budgets) {
      Setup setup = new Setup(subject.provider(), threads, tokens);
      measured.put(new Measurement(setup), subject);
    }
  }

  /**
   * Measures every setup at least once, and goes on with the good ones while time is left.
   *
   * @param budgetNanos for how long about, in nanoseconds
   */
  List<Measurement> run(long budgetNanos) {
    warmUp();
    List<Measurement> racing = new ArrayList<>(measured.keySet());
    long end = nanoTime.getAsLong() + budgetNanos;
    do {
      for (Measurement each : List.copyOf(racing)) {
        if (each.isMeasured() && nanoTime.getAsLong() > end) {
          break;
        }
        pass(each);
      }
      racing.removeIf(each -> each.tokensPerSecond() < IN_THE_RACE * best(racing));
      Collections.reverse(racing);
    } while (nanoTime.getAsLong() < end);
    return List.copyOf(measured.keySet());
  }

  /** What a call costs beside its tokens with the model of this measurement, where that counts. */
  OptionalInt callTokens(Measurement chosen) {
    return Objects.requireNonNull(measured.get(chosen)).callTokens();
  }

  /** The first run of a session allocates its memory, and the largest batches need the most. */
  private void warmUp() {
    Map<Subject, Integer> largest = new LinkedHashMap<>();
    measured.forEach((each, subject) -> largest.merge(subject, each.setup().tokens(), Math::max));
    largest.forEach((subject, tokens) -> subject.pass(tokens, CallObserver.NONE));
  }

  private void pass(Measurement measurement) {
    Subject subject = Objects.requireNonNull(measured.get(measurement));
    long begun = nanoTime.getAsLong();
    subject.pass(measurement.setup().tokens(), measurement);
    measurement.passed(subject.messages(), nanoTime.getAsLong() - begun);
  }

  private static double best(List<Measurement> all) {
    return all.stream()
        .max(Comparator.comparingDouble(Measurement::tokensPerSecond))
        .map(Measurement::tokensPerSecond)
        .orElse(0.0);
  }
}
