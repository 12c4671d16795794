package io.headwater.gateway.ingest;

import io.headwater.avro.Message;
import java.util.Optional;
import java.util.stream.Stream;

/** Which key a message travels under: order is kept among messages of one key. */
public final class RecordKeys {
  private RecordKeys() {}

  /** The conversation, else the author, else the message itself; empty when it has no id either. */
  public static Optional<String> of(Message message) {
    return Stream.of(message.getConversation(), message.getAuthor(), message.getId())
        .filter(name -> name != null && !name.isBlank())
        .findFirst();
  }
}
