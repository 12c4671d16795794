package io.headwater.gateway.ingest;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with what was handed in. It goes back to the sender only, never into a
 * log: the reason may quote what was sent.
 *
 * @param index position of the message, counted from 0; {@link #WHOLE} for the input as a whole
 * @param field name of the field; empty for the message as a whole
 * @param reason in words, without a full stop
 * @param tooLarge whether a size limit is what refuses it
 */
public record Fault(int index, String field, String reason, boolean tooLarge) {
  /** The index of a fault that belongs to no single message. */
  public static final int WHOLE = -1;

  public Fault {
    requireNonNull(field, "field");
    requireNonNull(reason, "reason");
  }

  static Fault of(int index, String field, String reason) {
    return new Fault(index, field, reason, false);
  }

  static Fault tooLarge(int index, String field, String reason) {
    return new Fault(index, field, reason, true);
  }

  /** In one line, without the index, for example {@code language: is not a BCP 47 tag}. */
  public String sentence() {
    return field.isEmpty() ? reason : field + ": " + reason;
  }
}
