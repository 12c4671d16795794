package io.headwater.load.river.pipeline;

import io.headwater.load.river.corpus.Traffic;
import java.util.Map;

/**
 * How many labels are the same.
 *
 * @param compared messages that both have
 * @param same of them
 */
public record Agreement(int compared, int same) {
  /**
   * Compares.
   *
   * @param found labels by number
   * @param expected labels by id
   */
  public static Agreement of(Map<Long, String> found, Map<String, String> expected) {
    int compared = 0;
    int same = 0;
    for (Map.Entry<Long, String> each : found.entrySet()) {
      String wanted = expected.get(Traffic.id(each.getKey()));
      if (wanted != null) {
        compared++;
        same += wanted.equals(each.getValue()) ? 1 : 0;
      }
    }
    return new Agreement(compared, same);
  }

  /** The share of the same; NaN where nothing could be compared. */
  public double share() {
    return compared == 0 ? Double.NaN : (double) same / compared;
  }
}
