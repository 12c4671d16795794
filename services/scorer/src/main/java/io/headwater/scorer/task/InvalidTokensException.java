package io.headwater.scorer.task;

/** The tokens of a sequence do not fit the model on its stamp. The message is a sentence. */
public final class InvalidTokensException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidTokensException(String message) {
    super(message);
  }
}
