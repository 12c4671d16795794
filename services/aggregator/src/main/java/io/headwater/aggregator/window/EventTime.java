package io.headwater.aggregator.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a message happened: when its producer says that it was sent, as far as that can be believed.
 * One producer's clock that is far ahead would make everybody else's messages late.
 *
 * @param maximumAhead how far a producer's clock may be ahead of the record's timestamp
 */
public record EventTime(Duration maximumAhead) {
  public EventTime {
    if (maximumAhead.isNegative()) {
      throw new IllegalArgumentException("The allowed lead of a clock is not negative");
    }
  }

  /**
   * The time that counts, in milliseconds since the epoch.
   *
   * @param recordTimestamp of the message's record, in the same unit
   */
  public long of(Optional<Instant> sentAt, long recordTimestamp) {
    return believable(sentAt, recordTimestamp).map(Instant::toEpochMilli).orElse(recordTimestamp);
  }

  /** {@code sentAt}, unless it lies before 1970 or too far after the record's timestamp. */
  public Optional<Instant> believable(Optional<Instant> sentAt, long recordTimestamp) {
    Instant latest = Instant.ofEpochMilli(recordTimestamp).plus(maximumAhead);
    return sentAt.filter(sent -> !sent.isBefore(Instant.EPOCH) && !sent.isAfter(latest));
  }
}
