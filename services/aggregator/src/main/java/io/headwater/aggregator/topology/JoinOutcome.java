package io.headwater.aggregator.topology;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;

/** What became of a record in the join, already in the bytes that are written. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface JoinOutcome {
  byte[] bytes();

  /** Partition number to write to: that of the message. */
  int partition();

  /** A message and all its results. */
  record Joined(Insight insight, byte[] bytes) implements JoinOutcome {
    @Override
    public int partition() {
      return insight.getOrigin().getPartition();
    }
  }

  /** A record that was given up on. */
  record Refused(DeadLetter letter, byte[] bytes) implements JoinOutcome {
    @Override
    public int partition() {
      return letter.getPartition();
    }
  }
}
