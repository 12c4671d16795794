package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Trains a classifier of token rows, as {@link TrainingLoop} does. One thread, used once. */
public final class ClassifierTraining {
  private final TrainingLoop<List<TokenRow>> loop;

  /**
   * A training that goes on from the folder's checkpoint, if there is one.
   *
   * @param manager owns all arrays; the caller closes it
   * @throws IOException if the checkpoint cannot be read
   * @throws IllegalArgumentException if the checkpoint was trained with other settings, which are
   *     named, or on other rows
   */
  public ClassifierTraining(
      TrainableClassifier classifier,
      TrainingPlan plan,
      TrainingRows rows,
      RunFolder folder,
      TrainingObserver observer,
      NDManager manager)
      throws IOException {
    ClassifierTask task = new ClassifierTask(classifier, plan, rows, manager);
    this.loop = new TrainingLoop<>(task, plan, folder, observer, manager);
  }

  /** See {@link TrainingLoop#run()}. */
  public Outcome run() throws IOException {
    return loop.run();
  }

  /** See {@link TrainingLoop#run(double)}. */
  public Outcome run(double until) throws IOException {
    return loop.run(until);
  }

  /** The quality of weights on sets, such as those for a report that nothing is chosen by. */
  public static Map<String, Quality> measure(
      TrainableClassifier classifier,
      Weights weights,
      List<TrainingRows.DevSet> sets,
      NDManager parent) {
    try (NDManager own = parent.newSubManager()) {
      Map<String, NDArray> arrays = new WeightArrays(weights, classifier::trains, own).all();
      return new DevJudge(classifier, own).judge(arrays, sets).quality();
    }
  }
}
