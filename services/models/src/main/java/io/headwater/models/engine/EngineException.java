package io.headwater.models.engine;

/** A graph could not be loaded or run; the message is one line. */
public class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what went wrong, in one line. */
  public EngineException(String message) {
    super(message.replaceAll("\\s*\\R\\s*", " "));
  }

  /** Says what went wrong, in one line, and why. */
  public EngineException(String message, Throwable cause) {
    super(message.replaceAll("\\s*\\R\\s*", " "), cause);
  }
}
