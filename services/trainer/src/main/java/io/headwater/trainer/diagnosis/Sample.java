package io.headwater.trainer.diagnosis;

import io.headwater.trainer.data.LabelledTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of a labelled file that a diagnosis looks at.
 *
 * @param texts the rows
 * @param lines for each row its line in the file, from 1
 * @param twoWay whether the whole file knows no neutral; then only negative and positive count
 */
public record Sample(LabelledTexts texts, List<Integer> lines, boolean twoWay) {

  /** Refuses lists of unequal length. */
  public Sample {
    Objects.requireNonNull(texts, "texts");
    lines = List.copyOf(lines);
    if (lines.size() != texts.size()) {
      throw new IllegalArgumentException(texts.size() + " texts, " + lines.size() + " lines");
    }
  }

  /**
   * Rows taken evenly from a file.
   *
   * @param most how many at most
   * @throws IllegalArgumentException if the file has no rows
   */
  public static Sample of(LabelledTexts all, int most) {
    if (all.size() == 0) {
      throw new IllegalArgumentException(all.name() + " has no rows; give a file with some");
    }
    int count = Math.min(most, all.size());
    int[] rows = new int[count];
    List<Integer> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows[i] = (int) ((long) i * all.size() / count);
      lines.add(rows[i] + 1);
    }
    return new Sample(all.select(all.name(), rows), lines, all.twoWay());
  }

  /** How many rows there are. */
  public int size() {
    return texts.size();
  }

  /** Some of the rows. */
  Sample select(int... rows) {
    List<Integer> chosen = new ArrayList<>();
    for (int row : rows) {
      chosen.add(lines.get(row));
    }
    return new Sample(texts.select(texts.name(), rows), chosen, twoWay);
  }
}
