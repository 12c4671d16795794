package io.headwater.cli.letters;

import java.util.Optional;

/** Which topics and partitions there are. */
interface Places {
  /** Why a record can be neither read from nor written to that place; empty when it can. */
  Optional<String> objection(String topic, int partition);
}
