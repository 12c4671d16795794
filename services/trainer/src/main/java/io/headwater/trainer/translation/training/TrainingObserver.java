package io.headwater.trainer.translation.training;

import io.headwater.trainer.learning.TrainingObserver.Progress;
import io.headwater.trainer.translation.model.Parameters;
import java.io.IOException;

/** Hears how training goes. Called on the training thread. */
public interface TrainingObserver {
  /**
   * Every few seconds.
   *
   * @param progress where it stands
   */
  void progress(Progress progress);

  /**
   * After each pass, and at the end.
   *
   * @param passes passes that are done, with the part of the last one
   * @param mean the running mean of the weights; valid during the call
   * @throws IOException when what it writes cannot be written
   */
  void evaluate(double passes, Parameters mean) throws IOException;
}
