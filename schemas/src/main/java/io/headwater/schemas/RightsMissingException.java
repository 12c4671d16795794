package io.headwater.schemas;

/**
 * Kafka knows who this is, and does not let them do what they must. Somebody may be giving the
 * right at this moment, so it is asked for again. The message says which it is.
 */
public final class RightsMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RightsMissingException(String message) {
    super(message);
  }
}
