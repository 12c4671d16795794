package io.headwater.trainer.tuning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of the trial database: one trial on one rung.
 *
 * @param trial its number, from 0
 * @param parameters by the paths of their fields
 * @param rung how often it went on
 * @param epochs passes over the data in all
 * @param seed from which it was drawn and trained
 * @param state whether it came to its end
 * @param reason why it failed; empty if it did not
 * @param seconds that this rung took
 * @param metrics of the result, by name; empty if it failed
 * @param curve of the whole trial
 */
public record TrialRecord(
    int trial,
    Map<String, JsonNode> parameters,
    int rung,
    double epochs,
    int seed,
    State state,
    String reason,
    double seconds,
    Map<String, Double> metrics,
    List<CurvePoint> curve) {

  /** How a trial ended. */
  public enum State {
    DONE,
    FAILED
  }

  /** Copies, and keeps the order of the parameters. */
  public TrialRecord {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    curve = List.copyOf(curve);
  }

  /** Whether it has a result. */
  @JsonIgnore
  public boolean done() {
    return state == State.DONE;
  }
}
