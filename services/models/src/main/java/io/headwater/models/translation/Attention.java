package io.headwater.models.translation;

/** Turns the raw attention of a decoder's layer into rows that say what was looked at. */
final class Attention {

  private Attention() {}

  /**
   * The mean over heads of one row of a batch.
   *
   * @param raw {@code [rows, heads, 1, length]}, flattened
   */
  static float[] overHeads(float[] raw, int row, int heads, int length) {
    float[] mean = new float[length];
    for (int head = 0; head < heads; head++) {
      int from = (row * heads + head) * length;
      for (int i = 0; i < length; i++) {
        mean[i] += raw[from + i] / heads;
      }
    }
    return mean;
  }

  /**
   * Cuts padding off and makes each row sum to 1; a row that saw nothing is spread evenly.
   *
   * @param looks {@code [target][padded source]}
   * @return {@code [target][source]}
   */
  static float[][] rows(float[][] looks, int sourceLength) {
    float[][] rows = new float[looks.length][sourceLength];
    for (int target = 0; target < looks.length; target++) {
      double sum = 0;
      for (int source = 0; source < sourceLength; source++) {
        sum += looks[target][source];
      }
      for (int source = 0; source < sourceLength; source++) {
        rows[target][source] = sum > 0 ? (float) (looks[target][source] / sum) : 1f / sourceLength;
      }
    }
    return rows;
  }
}
