package io.headwater.peers.model;

import java.io.Serializable;
import java.util.Set;

/**
 * What to make of a graph's output.
 *
 * @param output its name
 * @param isLogits whether the softmax is still to be done
 */
public record Probabilities(String output, boolean isLogits) implements Serializable {

  /** The output to take of these: probabilities, or else logits. */
  public static Probabilities of(Set<String> outputs) {
    for (String name : new String[] {"probabilities", "logits"}) {
      if (outputs.contains(name)) {
        return new Probabilities(name, name.equals("logits"));
      }
    }
    throw new IllegalArgumentException(
        "the graph has the outputs " + outputs + "; needed is probabilities or logits");
  }

  /** The rows of the output as probabilities. */
  public float[][] of(float[][] rows) {
    if (isLogits) {
      for (float[] row : rows) {
        softmax(row);
      }
    }
    return rows;
  }

  private static void softmax(float[] row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : row) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : row) {
      sum += Math.exp(logit - largest);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (Math.exp(row[i] - largest) / sum);
    }
  }
}
