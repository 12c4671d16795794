package io.headwater.runtime.faults;

/**
 * So many records fail that the fault is hardly theirs: what is not committed must not be, and
 * nothing more is to be read for now.
 */
public final class TooManyDeadLettersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyDeadLettersException(String message) {
    super(message);
  }
}
