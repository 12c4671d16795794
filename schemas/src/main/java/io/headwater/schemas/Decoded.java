package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

/**
 * What reading a record's value gave: the value, or why there is none.
 *
 * @param <V> type of the value
 */
public sealed interface Decoded<V> {
  /** The record could be read. */
  record Healthy<V>(V value) implements Decoded<V> {
    public Healthy {
      requireNonNull(value, "value");
    }
  }

  /**
   * The record can never be read: it belongs to the dead letters.
   *
   * @param cause the fixed word
   * @param detail a sentence for people, without any text of the message
   */
  record Undecodable<V>(DeadLetterCause cause, String detail) implements Decoded<V> {
    public Undecodable {
      requireNonNull(cause, "cause");
      requireNonNull(detail, "detail");
    }
  }
}
