package io.headwater.cli.letters;

import java.util.List;

/** Sends letters back. */
interface Dispatch {
  /**
   * Sends a chunk: all of it, but for what Kafka does not take.
   *
   * @return those that were not sent
   */
  List<Refused> send(List<Outgoing> chunk);

  /**
   * A letter that Kafka does not take.
   *
   * @param why without a full stop
   */
  record Refused(Outgoing outgoing, String why) {}
}
