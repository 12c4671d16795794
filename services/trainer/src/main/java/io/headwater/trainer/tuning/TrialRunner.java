package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** Trains as a configuration says. */
@FunctionalInterface
public interface TrialRunner {

  /**
   * Checks the configuration that is varied, before any trial.
   *
   * @throws RuntimeException if no variant of it could be trained
   */
  default void check(ObjectNode configuration) {}

  /**
   * Trains up to a number of epochs. What the folder holds of an earlier call with the same
   * configuration, cut short or with fewer epochs, is gone on from; the same calls give the same
   * result.
   *
   * @param configuration whole, with the parameters and the seed of the trial; its {@code
   *     training.epochs} is the longest that this trial may ever train
   * @param folder of this trial alone; exists
   * @param epochs passes over the data after which to stop, those of earlier calls counted
   * @throws InvalidTuningException if no trial can run; any other exception fails this one only
   */
  TrialResult run(ObjectNode configuration, Path folder, double epochs) throws Exception;
}
