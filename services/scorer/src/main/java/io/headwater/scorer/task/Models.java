package io.headwater.scorer.task;

import io.headwater.avro.ModelRef;

/**
 * Where the scorer finds the model that a token sequence is stamped with.
 *
 * @param <M> a model of the task, ready to run
 */
@FunctionalInterface
public interface Models<M> {
  /**
   * The model with exactly that id and version.
   *
   * @throws UnknownModelException when it is not there, or its package is not valid
   */
  M require(ModelRef ref);

  /** The stamped model cannot be had. The message is a sentence for the operator. */
  final class UnknownModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownModelException(String message) {
      super(message);
    }
  }
}
