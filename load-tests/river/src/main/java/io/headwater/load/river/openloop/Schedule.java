package io.headwater.load.river.openloop;

/**
 * When each message is due, whatever becomes of those before it. With bursts, the mean stays, and
 * three tenths of the messages of ten seconds come in the first of them. Immutable.
 *
 * @param rate messages a second, in the mean
 * @param bursts whether there are bursts
 */
public record Schedule(double rate, boolean bursts) {
  private static final double PERIOD_SECONDS = 10;
  private static final double BURST_SECONDS = 1;
  private static final double BURST_SHARE = 0.3;

  public Schedule {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("A rate is more than 0 messages a second");
    }
  }

  /** When the message with that number is due, in nanoseconds from the start. */
  public long dueAt(long number) {
    double even = number / rate;
    if (!bursts) {
      return (long) (even * 1e9);
    }
    double period = Math.floor(even / PERIOD_SECONDS);
    double share = even / PERIOD_SECONDS - period;
    double within =
        share < BURST_SHARE
            ? share / BURST_SHARE * BURST_SECONDS
            : BURST_SECONDS
                + (share - BURST_SHARE) / (1 - BURST_SHARE) * (PERIOD_SECONDS - BURST_SECONDS);
    return (long) ((period * PERIOD_SECONDS + within) * 1e9);
  }
}
