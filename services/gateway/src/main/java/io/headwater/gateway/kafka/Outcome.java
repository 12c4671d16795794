package io.headwater.gateway.kafka;

import static java.util.Objects.requireNonNull;

/** What became of one message that was handed to Kafka. */
public sealed interface Outcome {
  /** The message's id. */
  String id();

  /** Kafka has it, on all replicas. */
  record Acknowledged(String id, int partition, long offset) implements Outcome {
    public Acknowledged {
      requireNonNull(id, "id");
    }
  }

  /**
   * Kafka has not said that it has it. It may have it all the same.
   *
   * @param cause what kind of failure
   * @param detail in words, without message text
   */
  record Failed(String id, Cause cause, String detail) implements Outcome {
    public Failed {
      requireNonNull(id, "id");
      requireNonNull(cause, "cause");
      requireNonNull(detail, "detail");
    }
  }

  /** Kinds of failure. */
  enum Cause {
    /** The topic takes no record of that size: it will never go through. */
    TOO_LARGE,
    /** Kafka or the registry did not do its part: it may go through later. */
    UNAVAILABLE
  }
}
