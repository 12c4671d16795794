package io.headwater.models.engine;

/** The execution provider that was asked for cannot be had on this machine. */
public final class EngineUnavailableException extends EngineException {

  private static final long serialVersionUID = 1L;

  /** Says why the provider cannot be had, in one line. */
  public EngineUnavailableException(String message) {
    super(message);
  }

  /** Says what was asked for and why it cannot be had, in one line. */
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
