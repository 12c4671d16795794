package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.network.LayerName;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is trained, and on what: a network with its batches, its loss, and its judge. Belongs to the
 * thread that trains.
 *
 * @param <B> a batch
 */
public interface TrainingTask<B> {

  /** The weights that a training begins with; the same seed gives the same. */
  Weights initial(long seed);

  /** Whether training may change a weight; the others stay as they begin. */
  default boolean trains(String weight) {
    return true;
  }

  /** The layer that a weight is of, for a person to read. */
  default String layer(String weight) {
    return LayerName.of(weight);
  }

  /** Another text for other rows: a checkpoint belongs to the rows that it was trained on. */
  String digest();

  /** All rows, once, in the batches of one pass; every pass has as many. */
  List<B> pass(long seed);

  /** Tokens of a batch, padding not counted. */
  long tokens(B batch);

  /**
   * The loss of a batch, with all that makes learning harder.
   *
   * @param ops over the weights as they are now; its dropout is used
   * @param random for whatever else is random
   * @param manager owns what is computed
   */
  NDArray loss(TorchOps ops, B batch, SplittableRandom random, NDManager manager);

  /** What weights are worth on the dev rows. */
  Verdict judge(Map<String, NDArray> weights);
}
