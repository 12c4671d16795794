package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Configurations to search. */
public final class Plans {
  /** Of a logistic regression: see {@link LogisticRunner}. */
  public static final String SMALL =
      """
      seed: 5
      model: {inputs: 4}
      training: {learningRate: 1, weightDecay: 0}
      tuning:
        search: bayesian
        trials: 14
        seed: 3
        metric: dev.accuracy
        halving: {factor: 3, leastEpochs: 1, mostEpochs: 9}
        space:
          training.learningRate: {log: [0.0001, 10]}
          training.weightDecay: {linear: [0, 0.5]}
          model.inputs: {integer: [1, 4]}
      """;

  private Plans() {}

  /** A configuration from its YAML text. */
  public static ObjectNode configuration(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
