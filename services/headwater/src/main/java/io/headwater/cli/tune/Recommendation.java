package io.headwater.cli.tune;

import java.util.Comparator;
import java.util.List;

/**
 * Which setup to take.
 *
 * @param chosen the one
 * @param fastest the one of the greatest rate, which may be the same
 */
record Recommendation(Measurement chosen, Measurement fastest) {
  /** What a smaller batch may cost: it answers sooner. */
  static final double MAY_LOSE = 0.03;

  /** Of those nearly as fast as the fastest, the one of the smallest batch, then fewest threads. */
  static Recommendation of(List<Measurement> all) {
    Measurement fastest =
        all.stream().max(Comparator.comparingDouble(Measurement::tokensPerSecond)).orElseThrow();
    double enough = (1 - MAY_LOSE) * fastest.tokensPerSecond();
    Measurement chosen =
        all.stream()
            .filter(each -> each.tokensPerSecond() >= enough)
            .min(
                Comparator.comparingInt((Measurement each) -> each.setup().tokens())
                    .thenComparingInt(each -> each.setup().threads()))
            .orElse(fastest);
    return new Recommendation(chosen, fastest);
  }

  /** Why, in a sentence. */
  String reason() {
    if (chosen.setup().equals(fastest.setup())) {
      return "the fastest, and no smaller batch is within %.0f %% of it".formatted(100 * MAY_LOSE);
    }
    return "the smallest batch within %.0f %% of the fastest (%d tokens, %d threads, %.0f tokens/s):"
            .formatted(
                100 * MAY_LOSE,
                fastest.setup().tokens(),
                fastest.setup().threads(),
                fastest.tokensPerSecond())
        + " it answers sooner";
  }
}
