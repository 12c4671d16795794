package io.headwater.k8s.manifest;

/** A manifest that its API would refuse, or take for something else than was meant. */
public final class InvalidManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidManifestException(String message) {
    super(message);
  }

  public InvalidManifestException(String message, Throwable cause) {
    super(message, cause);
  }
}
