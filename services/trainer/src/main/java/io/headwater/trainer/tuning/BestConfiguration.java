package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The configuration that trains what a trial trained: its parameters, its seed, its epochs. */
public final class BestConfiguration {
  private BestConfiguration() {}

  /** The configuration of a record, without the section {@code tuning}. */
  public static ObjectNode of(TuningPlan plan, ObjectNode configuration, TrialRecord record) {
    ObjectNode base = configuration.deepCopy();
    base.remove(TuningPlanReader.SECTION);
    ObjectNode filled = plan.space().fill(base, record.parameters());
    if (!record.parameters().containsKey("seed")) {
      filled.put("seed", record.seed());
    }
    filled.withObjectProperty("training").put("epochs", record.epochs());
    return filled;
  }

  /** The same as the text of a YAML file, with a line that says where it is from. */
  public static String yaml(TuningPlan plan, ObjectNode configuration, TrialRecord record)
      throws IOException {
    return "# trial %d, %s %s%n"
            .formatted(record.trial(), plan.metric(), record.metrics().get(plan.metric()))
        + ConfigurationYaml.text(of(plan, configuration, record));
  }
}
