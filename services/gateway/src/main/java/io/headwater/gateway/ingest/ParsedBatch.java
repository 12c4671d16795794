package io.headwater.gateway.ingest;

import io.headwater.avro.Message;
import java.util.List;

/**
 * What reading many messages gave. All or nothing: with a fault there are no messages.
 *
 * @param messages in the order of the input
 * @param faults in the order of the input; not more than the first few
 */
public record ParsedBatch(List<Message> messages, List<Fault> faults) {
  public ParsedBatch {
    faults = List.copyOf(faults);
    messages = faults.isEmpty() ? List.copyOf(messages) : List.of();
  }

  /** Whether size limits alone refuse it. */
  public boolean onlyTooLarge() {
    return !faults.isEmpty() && faults.stream().allMatch(Fault::tooLarge);
  }
}
