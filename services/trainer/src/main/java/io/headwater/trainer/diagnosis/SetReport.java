package io.headwater.trainer.diagnosis;

import java.util.List;
import java.util.Objects;

/**
 * What was found on one labelled set.
 *
 * @param predictions of all its rows
 * @param judged rows on which calibration is judged: none of them fitted the temperature
 * @param temperature what was fitted
 * @param errors the surest wrong predictions
 */
public record SetReport(
    Predictions predictions, Predictions judged, double temperature, List<WorstError> errors) {

  /** Copies the errors. */
  public SetReport {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(judged, "judged");
    errors = List.copyOf(errors);
  }

  /** What the set is called. */
  public String name() {
    return predictions.sample().texts().name();
  }

  /** What is taken for what. */
  public ConfusionMatrix matrix() {
    return ConfusionMatrix.of(predictions);
  }

  /** The judged rows at the temperature. */
  public Predictions tempered() {
    return judged.at(temperature);
  }
}
