package io.headwater.schemas.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.lang.ref.Reference;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * How many records a test throws at a stage, and from which seed they are made. {@code
 * -Dheadwater.fuzz.records} and {@code -Dheadwater.fuzz.seed} set both; the seed is printed, so
 * that what failed can be made again.
 */
public final class FuzzRun {
  private static final long SEED = 20_261_122L;
  private static final long MEBIBYTE = 1024 * 1024;

  /** What may be kept after as many records as you like: caches fill up, and code is compiled. */
  private static final long GENEROUS = 64 * MEBIBYTE;

  private final String stage;
  private final int records;
  private final long seed;
  private final long begun = System.nanoTime();
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.headwater");
  private final @Nullable Level usualLevel = ours.getLevel();
  private long usedEarly;

  private FuzzRun(String stage, int records, long seed) {
    this.stage = stage;
    this.records = records;
    this.seed = seed;
  }

  /**
   * A run against one stage.
   *
   * @param usual number of records, where the system property names none
   */
  public static FuzzRun of(String stage, int usual) {
    FuzzRun run =
        new FuzzRun(
            stage,
            Integer.getInteger("headwater.fuzz.records", usual),
            Long.getLong("headwater.fuzz.seed", SEED));
    System.out.printf("fuzz stage=%s records=%d seed=%d%n", stage, run.records, run.seed);
    // A line for each refused record would be most of the time.
    run.ours.setLevel(Level.ERROR);
    return run;
  }

  public int records() {
    return records;
  }

  public long seed() {
    return seed;
  }

  public Random random() {
    return new Random(seed);
  }

  /** To be called after each record, with its number: looks at the heap when a tenth is done. */
  public void done(int number) {
    if (number == records / 10) {
      usedEarly = usedHeap();
    }
  }

  /**
   * Ends the run.
   *
   * @param alive what must not be collected before the heap is measured
   * @throws AssertionError when the heap has grown with the number of records
   */
  public void end(Object alive) {
    ours.setLevel(usualLevel);
    long grown;
    try {
      grown = usedHeap() - usedEarly;
    } finally {
      Reference.reachabilityFence(alive);
    }
    System.out.printf(
        "fuzz stage=%s records=%d seconds=%.1f heap_growth_mib=%.1f%n",
        stage, records, (System.nanoTime() - begun) / 1e9, (double) grown / MEBIBYTE);
    if (grown > GENEROUS) {
      throw new AssertionError(
          "%s: the heap grew by %d MiB between a tenth of the records and all of them"
              .formatted(stage, grown / MEBIBYTE));
    }
  }

  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
