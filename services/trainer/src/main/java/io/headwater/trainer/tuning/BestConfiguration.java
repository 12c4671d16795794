package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration that trains what a trial trained, from its parameters and its seed. */
public final class BestConfiguration {
  private BestConfiguration() {}

  /** The text of a YAML file, without the section {@code tuning}. */
  public static String yaml(TuningPlan plan, ObjectNode configuration, TrialRecord record) {
    return "# trial %d: %s %s after %s epochs\n"
            .formatted(
                record.trial(), plan.metric(), record.metrics().get(plan.metric()), record.epochs())
        + ConfigurationYaml.text(plan.fill(configuration, record.trial(), record.parameters()));
  }
}
