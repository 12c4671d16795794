package io.headwater.runtime.streams;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * How often a consumer on a busy machine reads what trickles in. A trickle is read a record at a
 * time, and each read costs the service, the broker and the caches that the model needs as much as
 * several records. So the busier the machine, the longer the consumer rests, and reads together
 * what has come meanwhile. With time to spare there is no rest, and in a flood, of which each read
 * brings much, there is none either.
 *
 * <p>A rest comes after every second read: while records are handed over, Kafka's consumer has its
 * next fetch under way, which the broker answers with the first record that comes. What has
 * gathered during a rest is there after the read that follows that one.
 *
 * <p>Belongs to the consumer's thread.
 */
final class ReadPace {
  /**
   * Records wait for a rest as they do for a commit, so it begins only where commits wait longest.
   */
  private static final double SPARE = 0.9;

  private static final double BUSY = 1;

  private static final int READS = 2;

  /** So many records or bytes between two rests are a flood. */
  private static final int MANY = 256;

  private static final int MANY_BYTES = 256 * 1024;

  /** A stream thread that rests neither commits nor answers its group. */
  private static final Duration LIMIT = Duration.ofMillis(200);

  private final CommitPace machine;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private long restedAt;
  private int reads;
  private int records;
  private long bytes;

  /**
   * A pace.
   *
   * @param machine knows how busy it is
   * @param longest from one rest's end to the next one's on a machine that is wholly busy
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  ReadPace(CommitPace machine, Duration longest, LongSupplier nanoTime) {
    this.machine = machine;
    this.longest = longest;
    this.nanoTime = nanoTime;
    this.restedAt = nanoTime.getAsLong();
  }

  /** The longest rest where what is read waits so long for its commit. */
  static Duration longestRest(Duration longestWait) {
    Duration half = longestWait.dividedBy(2);
    return half.compareTo(LIMIT) < 0 ? half : LIMIT;
  }

  /** How long to rest before the next read. */
  Duration rest() {
    if (reads < READS) {
      return Duration.ZERO;
    }
    long now = nanoTime.getAsLong();
    long due = restedAt + (long) (machine.busy(SPARE, BUSY) * longest.toNanos());
    boolean isFlood = records >= MANY || bytes >= MANY_BYTES;
    long rest = isFlood ? 0 : Math.max(0, due - now);
    restedAt = now + rest;
    reads = 0;
    records = 0;
    bytes = 0;
    return Duration.ofNanos(rest);
  }

  /** A read brought these. */
  void read(ConsumerRecords<?, ?> brought) {
    long size = 0;
    for (ConsumerRecord<?, ?> record : brought) {
      // -1 where there is none.
      size += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
    read(brought.count(), size);
  }

  /** A read brought so many records, with so many bytes of keys and values. */
  void read(int count, long size) {
    if (count > 0) {
      reads++;
      records += count;
      bytes += size;
    }
  }
}
