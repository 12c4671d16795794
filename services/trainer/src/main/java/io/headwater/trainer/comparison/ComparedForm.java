package io.headwater.trainer.comparison;

import io.headwater.trainer.head.Quality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the table.
 *
 * @param name of the form
 * @param weights numbers in the network
 * @param epochs passes over the texts that the time was enough for
 * @param cpuSeconds that training took
 * @param tokensPerSecond that it trained, in CPU seconds
 * @param tested quality on each test set, of the weights that were best on the dev sets
 * @param costs in ONNX Runtime, by length
 */
public record ComparedForm(
    String name,
    long weights,
    double epochs,
    double cpuSeconds,
    double tokensPerSecond,
    Map<String, Quality> tested,
    List<InferenceCost> costs) {
  /** Keeps the order of the sets. */
  public ComparedForm {
    tested = Collections.unmodifiableMap(new LinkedHashMap<>(tested));
    costs = List.copyOf(costs);
  }
}
