package io.headwater.scorer;

/** Partitions of the unit in hand are another instance's now: nothing of it may be committed. */
final class UnitLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnitLostException(String message) {
    super(message);
  }
}
