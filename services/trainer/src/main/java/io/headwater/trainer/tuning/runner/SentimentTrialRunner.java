package io.headwater.trainer.tuning.runner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.sentiment.SentimentTrainer;
import io.headwater.trainer.tuning.ConfigurationYaml;
import io.headwater.trainer.tuning.TrialResult;
import io.headwater.trainer.tuning.TrialRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;

/** Trains a sentiment model for each trial, as {@code headwater train} does, but quietly. */
public final class SentimentTrialRunner implements TrialRunner {
  private final TrialRunner trials = new ClassifierTrialRunner(SentimentTrialRunner::train);

  @Override
  public void check(ObjectNode configuration) {
    parse(configuration);
  }

  @Override
  public TrialResult run(ObjectNode configuration, Path folder, double epochs) throws Exception {
    return trials.run(configuration, folder, epochs);
  }

  private static Outcome train(ObjectNode configuration, Path folder, double epochs)
      throws IOException {
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    return new SentimentTrainer(parse(configuration), folder, nobody).trainUntil(epochs);
  }

  private static Configuration parse(ObjectNode configuration) {
    return Configuration.parse(ConfigurationYaml.text(configuration));
  }
}
