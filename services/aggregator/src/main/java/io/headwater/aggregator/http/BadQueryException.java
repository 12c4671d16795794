package io.headwater.aggregator.http;

/** A request's parameters cannot be understood. The message tells the client why. */
final class BadQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadQueryException(String message) {
    super(message);
  }
}
