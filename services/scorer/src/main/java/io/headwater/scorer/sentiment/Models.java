package io.headwater.scorer.sentiment;

import io.headwater.avro.ModelRef;

/** Where the scorer finds the model that a token sequence is stamped with. */
@FunctionalInterface
public interface Models {
  /**
   * The model with exactly that id and version.
   *
   * @throws UnknownModelException when it is not there, or its package is not valid
   */
  LoadedModel require(ModelRef ref);

  /** The stamped model cannot be had. The message is a sentence for the operator. */
  final class UnknownModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownModelException(String message) {
      super(message);
    }
  }
}
