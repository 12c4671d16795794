package io.headwater.load.river.openloop;

import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * When each message was due, was sent, and came back. Latency counts from when it was due: a sender
 * that is held up by a slow river would otherwise forget those that should have been sent meanwhile
 * (coordinated omission). Thread-safe.
 */
public final class LatencyBook {
  private static final long MOST_MICROS = 600_000_000L;
  private static final int DIGITS = 3;

  private final long[] due;
  private final long[] sent;
  private final int first;
  private final BitSet back = new BitSet();
  private final Histogram fromDue = new Histogram(MOST_MICROS, DIGITS);
  private final Histogram fromSent = new Histogram(MOST_MICROS, DIGITS);
  private final double[] millis;
  private int arrived;
  private int repeated;

  /**
   * An empty book.
   *
   * @param size messages in all
   * @param warmUp so many of the first are not counted
   */
  public LatencyBook(int size, int warmUp) {
    this.due = new long[size];
    this.sent = new long[size];
    this.millis = new double[size];
    this.first = warmUp;
  }

  /** A message goes out; times by {@link System#nanoTime}. */
  public synchronized void sent(int number, long dueAt, long sentAt) {
    due[number] = dueAt;
    sent[number] = sentAt;
  }

  /** A message's result is there. */
  public synchronized void back(int number, long at) {
    if (back.get(number)) {
      repeated++;
      return;
    }
    back.set(number);
    arrived++;
    millis[number] = (at - due[number]) / 1e6;
    if (number >= first) {
      fromDue.recordValue(micros(at - due[number]));
      fromSent.recordValue(micros(at - sent[number]));
    }
  }

  /** How many messages there are, the warm-up's too. */
  public int size() {
    return due.length;
  }

  /** How many are back. */
  public synchronized int arrived() {
    return arrived;
  }

  /** How many came more than once. */
  public synchronized int repeated() {
    return repeated;
  }

  /** How many never came. */
  public synchronized int lost() {
    return due.length - arrived;
  }

  /** Microseconds from when messages were due. */
  public synchronized Histogram fromDue() {
    return fromDue.copy();
  }

  /** Microseconds from when messages were sent: what a closed loop would have seen. */
  public synchronized Histogram fromSent() {
    return fromSent.copy();
  }

  /** Milliseconds of one message from when it was due; 0 for one that is not back. */
  public synchronized double millis(int number) {
    return millis[number];
  }

  private static long micros(long nanos) {
    return Math.max(0, Math.min(MOST_MICROS, nanos / 1_000));
  }
}
