package io.headwater.trainer.translation.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.learning.Checkpoint;
import io.headwater.trainer.translation.model.Adam;
import io.headwater.trainer.translation.model.Parameters;
import io.headwater.trainer.translation.model.WeightAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that changes while training: weights, the optimizer's averages, the weights' mean, the place.
 */
final class TrainingState {
  private static final float MAX_GRADIENT_NORM = 1;
  private static final int STEPS_A_MEAN = 10;

  private final Checkpoint<Place> checkpoint;
  private final Parameters parameters;
  private final Adam adam;
  private final WeightAverage average;
  private final NDManager manager;
  private int epoch;
  private int batch;

  private TrainingState(Checkpoint<Place> checkpoint, Parameters parameters, NDManager manager) {
    this.checkpoint = checkpoint;
    this.parameters = parameters;
    this.adam = new Adam(parameters, MAX_GRADIENT_NORM, manager);
    this.average = new WeightAverage(parameters, manager);
    this.manager = manager;
  }

  /**
   * Goes on from the folder's checkpoint, or begins.
   *
   * @throws IOException if the checkpoint cannot be read
   * @throws IllegalArgumentException if it is of a network of another shape
   */
  static TrainingState open(Path folder, Beginning beginning, long seed, NDManager manager)
      throws IOException {
    Checkpoint<Place> checkpoint = new Checkpoint<>(folder, Place.class, Place::step);
    TrainingState state =
        new TrainingState(checkpoint, beginning.parameters(seed, manager), manager);
    Optional<Place> place = checkpoint.place();
    if (place.isPresent()) {
      state.restore(place.get());
    }
    return state;
  }

  private void restore(Place place) throws IOException {
    if (!place.shape().equals(parameters.shape())) {
      throw new IllegalArgumentException(
          "the checkpoint is of a network with %s, not %s: choose another folder"
              .formatted(place.shape(), parameters.shape()));
    }
    checkpoint.restore(place, arrays(), manager);
    adam.resume(place.step());
    epoch = place.epoch();
    batch = place.batch();
  }

  /** Writes a checkpoint. */
  void save() throws IOException {
    checkpoint.write(new Place(epoch, batch, adam.steps(), parameters.shape()), arrays());
  }

  /**
   * One step of the optimizer with the gradients that are there.
   *
   * @return the gradients' norm before clipping
   */
  float step(double rate) {
    float norm = adam.step((float) rate, manager);
    if (adam.steps() % STEPS_A_MEAN == 0) {
      average.add(adam.steps() / STEPS_A_MEAN);
    }
    batch++;
    return norm;
  }

  void passEnds() {
    epoch++;
    batch = 0;
  }

  Parameters parameters() {
    return parameters;
  }

  Parameters mean() {
    return average.asParameters();
  }

  int epoch() {
    return epoch;
  }

  int batch() {
    return batch;
  }

  long steps() {
    return adam.steps();
  }

  private Map<String, NDArray> arrays() {
    Map<String, NDArray> all = new LinkedHashMap<>(parameters.all());
    all.putAll(adam.state());
    all.putAll(average.state());
    return all;
  }
}
