package io.headwater.runtime.lifecycle;

/** A service cannot start as configured. The message is one sentence for its operator. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
