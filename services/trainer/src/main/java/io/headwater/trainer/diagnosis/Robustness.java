package io.headwater.trainer.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/**
 * What a change of the texts does to predictions.
 *
 * @param change what was changed
 * @param texts how many texts
 * @param before share of right predictions without the change
 * @param after share of right predictions with it
 * @param flipped share of predictions that are others now
 */
public record Robustness(String change, int texts, double before, double after, double flipped) {

  /** Refuses nothing but null. */
  public Robustness {
    Objects.requireNonNull(change, "change");
  }

  /**
   * Tries one change on all sets.
   *
   * @param scorer from texts to {@code [texts][labels]}
   * @param seed the same gives the same typos
   */
  public static Robustness of(
      List<Predictions> sets,
      TextChange change,
      Function<List<String>, float[][]> scorer,
      long seed) {
    Random random = new Random(seed);
    int texts = 0;
    int before = 0;
    int after = 0;
    int flipped = 0;
    for (Predictions set : sets) {
      List<String> changed = new ArrayList<>();
      set.sample().texts().texts().forEach(text -> changed.add(change.apply(text, random)));
      Predictions then = Predictions.of(set.sample(), scorer.apply(changed));
      for (int row = 0; row < set.size(); row++) {
        texts++;
        before += set.right(row) ? 1 : 0;
        after += then.right(row) ? 1 : 0;
        flipped += set.predicted(row) != then.predicted(row) ? 1 : 0;
      }
    }
    double all = Math.max(1, texts);
    return new Robustness(change.name(), texts, before / all, after / all, flipped / all);
  }
}
