package io.headwater.scorer.sentiment;

/** The tokens of a sequence do not fit the model on its stamp. */
final class InvalidTokensException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTokensException(String message) {
    super(message);
  }
}
