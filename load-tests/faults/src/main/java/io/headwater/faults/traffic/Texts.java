package io.headwater.faults.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A fixed number of texts of skewed lengths, all from a seed. Some are longer than a segment. */
public final class Texts {
  private static final List<String> ENDINGS = List.of("", "", "", "", "ing", "ed", "s", "ly");
  private static final int LONGEST_WORDS = 150;

  private final List<String> texts;

  /**
   * Makes the texts.
   *
   * @param words to write them with
   */
  public Texts(List<String> words, long seed, int count) {
    Random random = new Random(seed);
    List<String> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add(text(words, random));
    }
    this.texts = List.copyOf(made);
  }

  public int count() {
    return texts.size();
  }

  public String get(int index) {
    return texts.get(index);
  }

  private static String text(List<String> words, Random random) {
    // Most are short, one in fifty is long: as with people.
    boolean isLong = random.nextInt(50) == 0;
    int length =
        isLong
            ? 60 + random.nextInt(LONGEST_WORDS - 60)
            : 1 + (int) Math.min(40, -Math.log(1 - random.nextDouble()) * 9);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      double skew = random.nextDouble();
      text.append(i == 0 ? "" : " ");
      text.append(words.get((int) (skew * skew * words.size())));
      text.append(ENDINGS.get(random.nextInt(ENDINGS.size())));
    }
    return text.toString();
  }
}
