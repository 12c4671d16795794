package io.headwater.trainer.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asynchronous successive halving (Li et al. 2020, "A System for Massively Parallel Hyperparameter
 * Tuning"): every trial trains a little, the best of each rung go on to the next, and none waits
 * for a rung to be full.
 *
 * @param factor of so many trials of a rung one goes on, for about so many times as long
 * @param leastEpochs of the first rung, in passes over the data
 * @param mostEpochs of the last
 */
public record Halving(int factor, double leastEpochs, double mostEpochs) {

  /** Checks the numbers. */
  public Halving {
    if (factor < 2) {
      throw new IllegalArgumentException("factor must be 2 or more");
    }
    if (!(leastEpochs > 0) || !(leastEpochs <= mostEpochs) || !Double.isFinite(mostEpochs)) {
      throw new IllegalArgumentException("0 < leastEpochs <= mostEpochs must hold");
    }
  }

  /** Passes over the data in all, by rung: {@code factor} apart, the last as far as it must be. */
  public List<Double> rungs() {
    long last = Math.round(Math.log(mostEpochs / leastEpochs) / Math.log(factor));
    return IntStream.rangeClosed(0, (int) last)
        .mapToObj(rung -> rung == last ? mostEpochs : leastEpochs * Math.pow(factor, rung))
        .toList();
  }

  /** The trial that goes on to its next rung, from the highest rung that has one. */
  Optional<TrialRecord> promoted(List<TrialRecord> records, ToDoubleFunction<TrialRecord> score) {
    for (int rung = rungs().size() - 2; rung >= 0; rung--) {
      Set<Integer> above = trials(records, rung + 1);
      List<TrialRecord> here = at(records, rung);
      Optional<TrialRecord> next =
          here.stream()
              .sorted(
                  Comparator.comparingDouble(score).reversed().thenComparingInt(TrialRecord::trial))
              .limit(here.size() / factor)
              .filter(record -> record.done() && !above.contains(record.trial()))
              .findFirst();
      if (next.isPresent()) {
        return next;
      }
    }
    return Optional.empty();
  }

  private static List<TrialRecord> at(List<TrialRecord> records, int rung) {
    return records.stream().filter(record -> record.rung() == rung).toList();
  }

  private static Set<Integer> trials(List<TrialRecord> records, int rung) {
    return at(records, rung).stream().map(TrialRecord::trial).collect(Collectors.toSet());
  }
}
