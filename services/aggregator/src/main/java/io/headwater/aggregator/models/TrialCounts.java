package io.headwater.aggregator.models;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts one trial: the labels that two models gave the same messages. The halves of a pair may
 * come in either order; a half is forgotten when its other half does not come among the next many.
 * One thread.
 */
final class TrialCounts {
  private final ModelRef live;
  private final ModelRef beside;
  private final Map<Origin, String> liveLabels;
  private final Map<Origin, String> besideLabels;
  private long compared;
  private long agreed;
  private long scored;
  private long failed;

  /**
   * No counts yet.
   *
   * @param live the model whose scores go into insights, of those messages that are compared
   * @param beside the model that scores the same messages beside it
   * @param mostWaiting halves that wait for their other half, of each kind
   */
  TrialCounts(ModelRef live, ModelRef beside, int mostWaiting) {
    this.live = live;
    this.beside = beside;
    this.liveLabels = new Waiting(mostWaiting);
    this.besideLabels = new Waiting(mostWaiting);
  }

  /** A score that goes into an insight. */
  void live(Origin message, ModelRef model, String label) {
    if (model.equals(live)) {
      scored++;
      pair(message, label, besideLabels, liveLabels);
    }
  }

  /** A score made beside. */
  void beside(Origin message, ModelRef model, String label) {
    if (model.equals(beside)) {
      pair(message, label, liveLabels, besideLabels);
    }
  }

  /** A message that the model whose scores go into insights could not score. */
  void liveFailed(ModelRef model) {
    if (model.equals(live)) {
      failed++;
    }
  }

  private void pair(
      Origin message, String label, Map<Origin, String> others, Map<Origin, String> own) {
    String other = others.remove(message);
    if (other == null) {
      own.put(message, label);
    } else {
      compared++;
      agreed += other.equals(label) ? 1 : 0;
    }
  }

  /** Messages that both have scored. */
  long compared() {
    return compared;
  }

  /** Messages that the live one has scored or failed on. */
  long seen() {
    return scored + failed;
  }

  /** Share of the compared messages with the same label; 1 where nothing was compared. */
  double agreement() {
    return compared == 0 ? 1 : (double) agreed / compared;
  }

  /** Share of the messages that the live one has failed on; 0 where it has seen none. */
  double errorShare() {
    return seen() == 0 ? 0 : (double) failed / seen();
  }

  private static final class Waiting extends LinkedHashMap<Origin, String> {
    private static final long serialVersionUID = 1L;
    private final int most;

    Waiting(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Origin, String> eldest) {
      return size() > most;
    }
  }
}
