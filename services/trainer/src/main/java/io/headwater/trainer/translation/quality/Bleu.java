package io.headwater.trainer.translation.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * BLEU of a corpus (Papineni and others, 2002), as sacreBLEU gives it by default (Post, 2018):
 * tokens of "13a", n-grams up to four, upper and lower case told apart, an order without a hit
 * smoothed exponentially, a brevity penalty over the whole corpus.
 *
 * @param score from 0 to 100
 * @param precisions of 1-grams to 4-grams, in per cent, smoothed; zeros where nothing matched
 * @param brevityPenalty from 0 to 1, which is no penalty
 * @param hypothesisLength tokens of all hypotheses
 * @param referenceLength tokens of the references, of several the one nearest in length
 * @param signature how it was computed, in sacreBLEU's words
 */
public record Bleu(
    double score,
    List<Double> precisions,
    double brevityPenalty,
    long hypothesisLength,
    long referenceLength,
    String signature) {

  private static final int ORDERS = 4;

  public Bleu {
    precisions = List.copyOf(precisions);
  }

  /**
   * Measures hypotheses against one reference each.
   *
   * @throws IllegalArgumentException if their numbers differ, if there are none, or if a reference
   *     is empty
   */
  public static Bleu of(List<String> hypotheses, List<String> references) {
    return ofSeveral(hypotheses, References.single(references));
  }

  /**
   * Measures hypotheses against several references each.
   *
   * @param references {@code [hypotheses][references]}; empty ones do not count
   * @throws IllegalArgumentException if the numbers differ, if there are none, or if a hypothesis
   *     has no reference
   */
  public static Bleu ofSeveral(List<String> hypotheses, List<List<String>> references) {
    List<List<String>> checked = References.checked(hypotheses, references);
    Counts counts = new Counts();
    for (int i = 0; i < hypotheses.size(); i++) {
      counts.add(
          Tokenizer13a.tokens(hypotheses.get(i)),
          checked.get(i).stream().map(Tokenizer13a::tokens).toList());
    }
    return counts.bleu(
        "nrefs:" + References.count(checked) + "|case:mixed|eff:no|tok:13a|smooth:exp");
  }

  /** As sacreBLEU prints it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "BLEU = %.2f %s (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
        score,
        precisions.stream()
            .map(precision -> String.format(Locale.ROOT, "%.1f", precision))
            .collect(Collectors.joining("/")),
        brevityPenalty,
        (double) hypothesisLength / referenceLength,
        hypothesisLength,
        referenceLength);
  }

  /** What a corpus sums up to: n-grams that hit, n-grams, and lengths. */
  private static final class Counts {

    private final long[] hits = new long[ORDERS];
    private final long[] grams = new long[ORDERS];
    private long hypothesisLength;
    private long referenceLength;

    void add(List<String> hypothesis, List<List<String>> references) {
      hypothesisLength += hypothesis.size();
      referenceLength += nearestLength(hypothesis.size(), references);
      for (int order = 1; order <= ORDERS; order++) {
        Map<List<String>, Integer> most = new HashMap<>();
        for (List<String> reference : references) {
          grams(reference, order).forEach((gram, count) -> most.merge(gram, count, Math::max));
        }
        grams[order - 1] += Math.max(0, hypothesis.size() - order + 1);
        for (Map.Entry<List<String>, Integer> gram : grams(hypothesis, order).entrySet()) {
          hits[order - 1] += Math.min(gram.getValue(), most.getOrDefault(gram.getKey(), 0));
        }
      }
    }

    /** The length next to the hypothesis's; of two equally near, the shorter. */
    private static int nearestLength(int length, List<List<String>> references) {
      int nearest = references.get(0).size();
      for (List<String> reference : references) {
        int distance = Math.abs(reference.size() - length) - Math.abs(nearest - length);
        if (distance < 0 || (distance == 0 && reference.size() < nearest)) {
          nearest = reference.size();
        }
      }
      return nearest;
    }

    private static Map<List<String>, Integer> grams(List<String> tokens, int order) {
      Map<List<String>, Integer> counts = new HashMap<>();
      for (int start = 0; start + order <= tokens.size(); start++) {
        counts.merge(tokens.subList(start, start + order), 1, Integer::sum);
      }
      return counts;
    }

    Bleu bleu(String signature) {
      double penalty = penalty();
      double[] precisions = precisions();
      double score = 0;
      List<Double> boxed = new ArrayList<>();
      for (double precision : precisions) {
        // An order with no n-gram at all makes the logarithm, and so the score, vanish.
        score += Math.log(precision) / ORDERS;
        boxed.add(precision);
      }
      return new Bleu(
          penalty * Math.exp(score), boxed, penalty, hypothesisLength, referenceLength, signature);
    }

    private double penalty() {
      if (hypothesisLength >= referenceLength) {
        return 1;
      }
      return hypothesisLength == 0 ? 0 : Math.exp(1 - (double) referenceLength / hypothesisLength);
    }

    /** In per cent. The k-th order without a hit counts as 1/2^k of a hit, unless none hits. */
    private double[] precisions() {
      double[] precisions = new double[ORDERS];
      double smoothed = 1;
      // An order that hits has lower ones that hit: where 1-grams do not, nothing does.
      for (int i = 0; i < ORDERS && hits[0] > 0 && grams[i] > 0; i++) {
        smoothed = hits[i] == 0 ? smoothed / 2 : smoothed;
        precisions[i] = 100 * (hits[i] == 0 ? smoothed : hits[i]) / grams[i];
      }
      return precisions;
    }
  }
}
