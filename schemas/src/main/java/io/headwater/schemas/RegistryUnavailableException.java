package io.headwater.schemas;

/**
 * The schema registry could not be asked. The environment is at fault, not the record: try again.
 */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
