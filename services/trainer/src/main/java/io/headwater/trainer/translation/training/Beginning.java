package io.headwater.trainer.translation.training;

import ai.djl.ndarray.NDManager;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.model.Parameters;
import java.util.Objects;
import java.util.Optional;

/**
 * What a training begins with.
 *
 * @param shape of the network
 * @param weights of another training; empty for fresh ones
 */
public record Beginning(TransformerShape shape, Optional<TransformerWeights> weights) {
  /** Refuses weights of another shape. */
  public Beginning {
    Objects.requireNonNull(shape, "shape");
    weights.ifPresent(
        given -> {
          if (!given.shape().equals(shape)) {
            throw new IllegalArgumentException(
                "weights of %s, not %s".formatted(given.shape(), shape));
          }
        });
  }

  /** Fresh weights. */
  public static Beginning fresh(TransformerShape shape) {
    return new Beginning(shape, Optional.empty());
  }

  /** Weights that were trained before. */
  public static Beginning with(TransformerWeights weights) {
    return new Beginning(weights.shape(), Optional.of(weights));
  }

  Parameters parameters(long seed, NDManager manager) {
    return weights
        .map(given -> Parameters.of(given, manager))
        .orElseGet(() -> Parameters.fresh(shape, seed, manager));
  }
}
