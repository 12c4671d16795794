package io.headwater.trainer.learning;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a training reads.
 *
 * @param train to learn from
 * @param dev sets to choose by, never learned from
 */
public record TrainingRows(List<TokenRow> train, List<DevSet> dev) {

  /** Rows to judge by, under a name. */
  public record DevSet(String name, List<TokenRow> rows) {
    /** Needs rows. */
    public DevSet {
      Objects.requireNonNull(name, "name");
      rows = List.copyOf(rows);
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("dev set " + name + " is empty");
      }
    }

    /** Whether no row could be neutral. */
    public boolean twoWay() {
      return rows.stream().allMatch(TokenRow::twoWay);
    }
  }

  /** Needs rows of both kinds. */
  public TrainingRows {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    if (train.isEmpty() || dev.isEmpty()) {
      throw new IllegalArgumentException("training needs rows to learn from and a dev set");
    }
  }

  /** Another number for other rows: a checkpoint belongs to the rows that it was trained on. */
  String digest() {
    int hash = 1;
    for (TokenRow row : train) {
      hash = 31 * hash + Arrays.hashCode(row.ids());
      hash = 31 * hash + 2 * row.label() + (row.twoWay() ? 1 : 0);
      hash = row.weight() == 1 ? hash : 31 * hash + Float.hashCode(row.weight());
    }
    return "%d rows, hash %08x".formatted(train.size(), hash);
  }
}
