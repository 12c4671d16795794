package io.headwater.gateway.ingest;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Message;
import java.util.List;

/** What reading one message gave: the message, or everything that is wrong with it. */
public sealed interface Parsed {
  /** The message is good. */
  record Accepted(Message message) implements Parsed {
    public Accepted {
      requireNonNull(message, "message");
    }
  }

  /**
   * The message is refused.
   *
   * @param faults at least one
   */
  record Rejected(List<Fault> faults) implements Parsed {
    public Rejected {
      faults = List.copyOf(faults);
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("A refusal needs a fault");
      }
    }
  }
}
