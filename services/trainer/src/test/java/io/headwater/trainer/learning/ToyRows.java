package io.headwater.trainer.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Rows whose label is that of their last word: 0 to 4 negative, 5 to 9 neutral, 10 to 14 positive.
 */
public final class ToyRows {
  private static final int A_LABEL = 5;
  private static final int DULL = 15;

  private ToyRows() {}

  static List<TokenRow> of(int count, long seed) {
    Random random = new Random(seed);
    List<TokenRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = new int[1 + random.nextInt(6)];
      for (int token = 0; token < ids.length; token++) {
        ids[token] = DULL + random.nextInt(TinyClassifier.WORDS - DULL);
      }
      int label = i % 3;
      ids[ids.length - 1] = label * A_LABEL + random.nextInt(A_LABEL);
      rows.add(new TokenRow(ids, label, false));
    }
    return rows;
  }

  public static TrainingRows training() {
    return new TrainingRows(of(300, 1), List.of(new TrainingRows.DevSet("toy.dev", of(60, 2))));
  }
}
