package io.headwater.trainer.learning;

import io.headwater.trainer.head.Quality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the weights were at one moment.
 *
 * @param epoch passes done, with the part of the one under way
 * @param step steps of the optimizer
 * @param trainLoss mean loss since the evaluation before, with all that makes learning harder
 * @param devLoss mean cross-entropy of the dev rows, without any of it
 * @param score what the best is chosen by: the mean over the dev sets of their macro-recall, or of
 *     a translation BLEU
 * @param best whether no earlier score was as good
 * @param dev the quality on each dev set, where texts are classified
 */
public record Evaluation(
    double epoch,
    long step,
    double trainLoss,
    double devLoss,
    double score,
    boolean best,
    Map<String, Quality> dev) {
  /** Keeps the order of the sets. */
  public Evaluation {
    dev = Collections.unmodifiableMap(new LinkedHashMap<>(dev));
  }
}
