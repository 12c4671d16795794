package io.headwater.trainer.translation.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * chrF2 of a corpus (Popović, 2015), as sacreBLEU gives it by default: the F-score with recall
 * twice as important as precision, of n-grams of one to six characters (code points) without white
 * space, averaged over the orders that both sides have, summed up over the whole corpus.
 *
 * @param score from 0 to 100
 * @param precision from 0 to 1, the average over the orders
 * @param recall from 0 to 1, the average over the orders
 * @param signature how it was computed, in sacreBLEU's words
 */
public record Chrf(double score, double precision, double recall, String signature) {

  private static final int ORDERS = 6;
  private static final double BETA_SQUARED = 4;

  /**
   * Measures hypotheses against one reference each.
   *
   * @throws IllegalArgumentException if their numbers differ, if there are none, or if a reference
   *     is empty
   */
  public static Chrf of(List<String> hypotheses, List<String> references) {
    return ofSeveral(hypotheses, References.single(references));
  }

  /**
   * Measures hypotheses against the best of several references each.
   *
   * @param references {@code [hypotheses][references]}; empty ones do not count
   * @throws IllegalArgumentException if the numbers differ, if there are none, or if a hypothesis
   *     has no reference
   */
  public static Chrf ofSeveral(List<String> hypotheses, List<List<String>> references) {
    List<List<String>> checked = References.checked(hypotheses, references);
    Counts all = new Counts();
    for (int i = 0; i < hypotheses.size(); i++) {
      all.add(best(hypotheses.get(i), checked.get(i)));
    }
    return all.chrf(
        "nrefs:" + References.count(checked) + "|case:mixed|eff:yes|nc:6|nw:0|space:no");
  }

  /** As sacreBLEU prints it. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "chrF2 = %.2f", score);
  }

  private static Counts best(String hypothesis, List<String> references) {
    Counts best = Counts.of(hypothesis, references.get(0));
    for (String reference : references.subList(1, references.size())) {
      Counts counts = Counts.of(hypothesis, reference);
      best = counts.chrf("").score > best.chrf("").score ? counts : best;
    }
    return best;
  }

  /** What segments sum up to, by order: n-grams of both sides, and those that hit. */
  private static final class Counts {

    private final long[] hypothesis = new long[ORDERS];
    private final long[] reference = new long[ORDERS];
    private final long[] hits = new long[ORDERS];

    static Counts of(String hypothesis, String reference) {
      Counts counts = new Counts();
      List<Map<String, Integer>> left = grams(hypothesis);
      List<Map<String, Integer>> right = grams(reference);
      for (int i = 0; i < ORDERS; i++) {
        Map<String, Integer> others = right.get(i);
        counts.reference[i] = sum(others);
        // Where the reference has no n-gram, those of the hypothesis are no misses.
        counts.hypothesis[i] = others.isEmpty() ? 0 : sum(left.get(i));
        for (Map.Entry<String, Integer> gram : left.get(i).entrySet()) {
          counts.hits[i] += Math.min(gram.getValue(), others.getOrDefault(gram.getKey(), 0));
        }
      }
      return counts;
    }

    void add(Counts other) {
      for (int i = 0; i < ORDERS; i++) {
        hypothesis[i] += other.hypothesis[i];
        reference[i] += other.reference[i];
        hits[i] += other.hits[i];
      }
    }

    Chrf chrf(String signature) {
      double precision = 0;
      double recall = 0;
      int orders = 0;
      for (int i = 0; i < ORDERS; i++) {
        if (hypothesis[i] > 0 && reference[i] > 0) {
          precision += (double) hits[i] / hypothesis[i];
          recall += (double) hits[i] / reference[i];
          orders++;
        }
      }
      if (precision + recall == 0) {
        return new Chrf(0, 0, 0, signature);
      }
      precision /= orders;
      recall /= orders;
      double score = (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
      return new Chrf(100 * score, precision, recall, signature);
    }

    /** {@code [orders]}: how often each n-gram is there. */
    private static List<Map<String, Integer>> grams(String text) {
      int[] characters = String.join("", WhiteSpace.split(text)).codePoints().toArray();
      List<Map<String, Integer>> orders = new ArrayList<>();
      for (int order = 1; order <= ORDERS; order++) {
        Map<String, Integer> counts = new HashMap<>();
        for (int start = 0; start + order <= characters.length; start++) {
          counts.merge(new String(characters, start, order), 1, Integer::sum);
        }
        orders.add(counts);
      }
      return orders;
    }

    private static int sum(Map<String, Integer> counts) {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
