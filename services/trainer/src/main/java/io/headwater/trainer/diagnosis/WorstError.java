package io.headwater.trainer.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A wrong prediction.
 *
 * @param line in the file, from 1
 * @param label what people said
 * @param predicted what the model said
 * @param confidence how sure it was
 * @param text the text
 */
public record WorstError(int line, String label, String predicted, double confidence, String text) {

  /** Refuses nothing but null. */
  public WorstError {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(predicted, "predicted");
    Objects.requireNonNull(text, "text");
  }

  /** The surest of the wrong predictions, surest first. */
  public static List<WorstError> of(Predictions predictions, int most) {
    List<String> labels = ConfusionMatrix.labels();
    List<WorstError> errors = new ArrayList<>();
    for (int row = 0; row < predictions.size(); row++) {
      if (!predictions.right(row)) {
        errors.add(
            new WorstError(
                predictions.sample().lines().get(row),
                labels.get(predictions.label(row)),
                labels.get(predictions.predicted(row)),
                predictions.confidence(row),
                predictions.sample().texts().texts().get(row)));
      }
    }
    errors.sort(
        Comparator.comparingDouble(WorstError::confidence)
            .reversed()
            .thenComparingInt(WorstError::line));
    return List.copyOf(errors.subList(0, Math.min(most, errors.size())));
  }
}
