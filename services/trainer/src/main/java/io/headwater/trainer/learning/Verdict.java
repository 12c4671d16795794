package io.headwater.trainer.learning;

import io.headwater.trainer.head.Quality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What weights are worth.
 *
 * @param loss mean cross-entropy of the dev rows
 * @param score what the best weights are chosen by; more is better
 * @param quality of each dev set, where texts are classified
 */
public record Verdict(double loss, double score, Map<String, Quality> quality) {
  /** Keeps the order of the sets. */
  public Verdict {
    quality = Collections.unmodifiableMap(new LinkedHashMap<>(quality));
  }
}
