package io.headwater.gateway.ingest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what is on its way: messages and bytes that were taken in and not yet acknowledged.
 * Thread-safe.
 */
public final class Inflight {
  private final int maxMessages;
  private final long maxBytes;
  private int messages;
  private long bytes;

  public Inflight(int maxMessages, long maxBytes) {
    if (maxMessages < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("In-flight bounds are at least 1");
    }
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  /** Messages on their way now. */
  public synchronized int messages() {
    return messages;
  }

  /** Bytes on their way now. */
  public synchronized long bytes() {
    return bytes;
  }

  /** The most messages that may be on their way. */
  public int maxMessages() {
    return maxMessages;
  }

  /** An empty reservation, to be filled as the size of the work becomes known. */
  public Reservation open() {
    return new Reservation();
  }

  /**
   * Waits until there is room. More bytes than would ever fit are let in alone.
   *
   * @return to be closed when the broker has acknowledged
   */
  public synchronized Reservation await(int moreMessages, long moreBytes)
      throws InterruptedException {
    while (messages > 0 && !fits(moreMessages, moreBytes)) {
      wait();
    }
    Reservation reservation = new Reservation();
    reservation.take(moreMessages, moreBytes);
    return reservation;
  }

  /**
   * Waits until nothing is on its way.
   *
   * @return false when something still was at the end of {@code timeout}
   */
  public synchronized boolean awaitNone(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (messages > 0 || bytes > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private boolean fits(int moreMessages, long moreBytes) {
    return messages + (long) moreMessages <= maxMessages && bytes + moreBytes <= maxBytes;
  }

  /** A share of the bounds. Closing gives it back, once. */
  public final class Reservation implements AutoCloseable {
    private int ownMessages;
    private long ownBytes;
    private boolean closed;

    private Reservation() {}

    /** Takes more; false, and nothing taken, when there is no room for it. */
    public boolean add(int moreMessages, long moreBytes) {
      synchronized (Inflight.this) {
        if (closed) {
          throw new IllegalStateException("The reservation is closed");
        }
        if (!fits(moreMessages, moreBytes)) {
          return false;
        }
        take(moreMessages, moreBytes);
        return true;
      }
    }

    private void take(int moreMessages, long moreBytes) {
      messages += moreMessages;
      bytes += moreBytes;
      ownMessages += moreMessages;
      ownBytes += moreBytes;
    }

    @Override
    public void close() {
      synchronized (Inflight.this) {
        if (!closed) {
          closed = true;
          messages -= ownMessages;
          bytes -= ownBytes;
          Inflight.this.notifyAll();
        }
      }
    }
  }
}
