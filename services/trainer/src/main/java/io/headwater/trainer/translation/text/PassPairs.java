package io.headwater.trainer.translation.text;

import io.headwater.trainer.translation.vocabulary.SubwordDropout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The pairs of a pass: the same in each, or the same texts cut into other tokens. */
@FunctionalInterface
public interface PassPairs {
  /**
   * The pairs of a pass, in the order of the texts.
   *
   * @param seed of what is random; the same seed gives the same pairs
   */
  List<TokenPair> pass(long seed);

  /**
   * The same in each pass; or, with a share of merges that are left out, cut anew for each. A pair
   * that then comes out longer than there is room for stays whole.
   *
   * @param fitting the texts, and how the tokenizer cuts them
   * @param tokenizer its {@code tokenizer.json}
   * @param share of the merges that are left out, 0 to 1
   * @param most tokens of a side
   * @throws IOException if the tokenizer cannot be read
   * @throws IllegalArgumentException if the dropout, with no merge left out, cuts other tokens than
   *     the tokenizer
   */
  static PassPairs of(FittingPairs fitting, Path tokenizer, double share, int most)
      throws IOException {
    return share == 0
        ? seed -> fitting.pairs()
        : cutAnew(fitting, SubwordDropout.read(tokenizer, share), most);
  }

  private static PassPairs cutAnew(FittingPairs fitting, SubwordDropout dropout, int most) {
    ParallelTexts texts = fitting.texts();
    List<TokenPair> whole = fitting.pairs();
    requireSameRules(fitting, dropout);
    return seed -> {
      SplittableRandom random = new SplittableRandom(seed);
      List<TokenPair> pairs = new ArrayList<>(whole.size());
      for (int row = 0; row < texts.size(); row++) {
        TokenPair cut =
            new TokenPair(
                dropout.encode(texts.sources().get(row), random),
                dropout.encode(texts.targets().get(row), random));
        pairs.add(cut.longest() <= most ? cut : whole.get(row));
      }
      return pairs;
    };
  }

  private static void requireSameRules(FittingPairs fitting, SubwordDropout dropout) {
    int rows = Math.min(fitting.pairs().size(), 1_000);
    for (int row = 0; row < rows; row++) {
      String text = fitting.texts().sources().get(row);
      if (!Arrays.equals(dropout.whole(text), fitting.pairs().get(row).source())) {
        throw new IllegalArgumentException(
            "subword dropout needs a tokenizer that this project has learned: this one cuts \"%s\""
                    .formatted(text)
                + " by rules of its own");
      }
    }
  }
}
