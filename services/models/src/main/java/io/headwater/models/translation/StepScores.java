package io.headwater.models.translation;

import io.headwater.models.engine.EngineException;
import java.util.Arrays;
import java.util.List;

/**
 * The best next tokens of each row of a decoding batch, best first. Serves one step: the arrays are
 * used again for the next.
 */
final class StepScores {

  private static final float[][] NOT_ASKED = {};

  private float[] logProbabilities = {};
  private long[] ids = {};
  private float[][] attention = NOT_ASKED;
  private int perRow;

  /** Room for a step's scores: {@code [rows][perRow]} log-probabilities, flattened. */
  float[] logProbabilities(int rows, int perRow) {
    this.perRow = perRow;
    if (logProbabilities.length < rows * perRow) {
      logProbabilities = new float[rows * perRow];
      ids = new long[rows * perRow];
    }
    return logProbabilities;
  }

  /** Room for a step's token ids, as much as there is for the log-probabilities. */
  long[] ids() {
    return ids;
  }

  /** Keeps how much each row looked at each source token in this step. */
  void attention(List<float[]> rows) {
    attention = rows.toArray(NOT_ASKED);
  }

  /** How many tokens each row has. */
  int perRow() {
    return perRow;
  }

  /** The log-probability of a row's token of some rank. */
  float logProbability(int row, int rank) {
    float value = logProbabilities[row * perRow + rank];
    if (Float.isNaN(value)) {
      throw new EngineException("the model's scores are not numbers (NaN)");
    }
    return value;
  }

  /** A row's token of some rank. */
  int id(int row, int rank) {
    return (int) ids[row * perRow + rank];
  }

  /** How much a row looked at each source token; empty unless asked for. */
  float[] attention(int row) {
    return attention.length == 0 ? new float[0] : attention[row];
  }

  /** Whether sorted ids hold one. */
  static boolean in(int[] sorted, int id) {
    return sorted.length > 0 && Arrays.binarySearch(sorted, id) >= 0;
  }
}
