package io.headwater.trainer.diagnosis;

/**
 * How an attention head spreads its weights, on average over texts.
 *
 * @param layer from 0
 * @param head from 0
 * @param entropy of a token's weights, divided by the log of the length: 0 looks at one token, 1 at
 *     all alike (Vig and Belinkov 2019, "Analyzing the Structure of Attention in a Transformer
 *     Language Model")
 * @param first weight on the first token
 * @param last weight on the last token, which ends the text
 * @param strongest weight on the one token that all tokens of a text look at most
 */
public record HeadStudy(
    int layer, int head, double entropy, double first, double last, double strongest) {
  private static final double UNIFORM = 0.95;
  private static final double ONE = 0.9;

  /** What a head does. */
  public enum Habit {
    /** Nothing that stands out. */
    USUAL("usual"),
    /** Looks at all tokens nearly alike: it chooses nothing. */
    UNIFORM("near-uniform"),
    /** All tokens look at the first one. */
    FIRST("nearly all on the first token"),
    /** All tokens look at the last one. */
    LAST("nearly all on the last token"),
    /** All tokens of a text look at one. */
    SAME("nearly all on one token");

    private final String words;

    Habit(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }

  /**
   * What it does. A head whose tokens each look at another single one, such as the one before, has
   * low entropy and is not collapsed.
   */
  public Habit habit() {
    if (entropy > UNIFORM) {
      return Habit.UNIFORM;
    }
    if (first > ONE) {
      return Habit.FIRST;
    }
    if (last > ONE) {
      return Habit.LAST;
    }
    return strongest > ONE ? Habit.SAME : Habit.USUAL;
  }
}
