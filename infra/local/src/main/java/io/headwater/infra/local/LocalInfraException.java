package io.headwater.infra.local;

/** A fault of the local infrastructure; its message is one line that says what to do. */
public final class LocalInfraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalInfraException(String message) {
    super(message);
  }

  LocalInfraException(String message, Throwable cause) {
    super(message, cause);
  }
}
