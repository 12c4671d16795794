package io.headwater.faults.scenario;

import io.headwater.faults.fleet.ServiceProcess;
import io.headwater.faults.model.TinyModel;
import io.headwater.faults.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten times as many messages as a slow model can take. The lag grows in Kafka and nowhere else: the
 * services' memory stays as it was under full load without a lag.
 *
 * <p>The heaps are committed and touched at the start, so that a process's resident memory can only
 * grow by what is outside of the heap; and a heap that does not suffice ends its process.
 */
final class Flood implements Scenario {
  private static final int TIMES = 10;
  private static final double BURST_RATE = 5_000;
  private static final int MIB = 1024 * 1024;

  /** What may come on top: RocksDB's memtables and caches fill up to their limit of 128 MiB. */
  private static final double MOST_GROWTH = 1.25;

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public String summary() {
    return "ten times more messages than can be scored; memory is watched";
  }

  @Override
  public String model() {
    return TinyModel.SLOW;
  }

  @Override
  public List<String> jvm() {
    return List.of("-Xms256m", "-XX:+AlwaysPreTouch");
  }

  @Override
  public boolean ownsTraffic() {
    return true;
  }

  @Override
  public void run(Stage stage) throws Exception {
    double capacity = capacity(stage);
    List<Memory> watched = new ArrayList<>();
    stage.fleet().all().forEach(service -> watched.add(new Memory(service)));
    watched.forEach(Memory::baseline);
    stage.sender().rate(TIMES * capacity);
    double flood = stage.pace().seconds(3, 20);
    long mostLag = watch(stage, watched, System.nanoTime() + (long) (flood * 1e9), 0);
    stage.sender().rate(0);
    stage.faultEnded("flood over");
    long limit = (long) (3 * TIMES * flood) + 60;
    long end = System.nanoTime() + Duration.ofSeconds(limit).toNanos();
    while (stage.lag() > 0 && System.nanoTime() < end) {
      mostLag = watch(stage, watched, System.nanoTime() + 1_000_000_000, mostLag);
    }
    if (stage.lag() > 0) {
      stage.broken("the lag was not worked off within %d s".formatted(limit));
    }
    stage.note(
        "capacity %.0f messages/s, flood of %.0f/s for %.0f s, largest lag %d"
            .formatted(capacity, TIMES * capacity, flood, mostLag));
    for (Memory memory : watched) {
      stage.note(memory.toString());
      if (memory.growth() > MOST_GROWTH) {
        stage.broken("memory is not flat: " + memory);
      }
    }
  }

  /** Messages a second, over a burst from its first message to its last answer. */
  private static double capacity(Stage stage) throws InterruptedException {
    // The first burst meets cold JVMs, and does not count.
    burst(stage, stage.pace().rounds(300, 1_000));
    return Math.max(20, burst(stage, stage.pace().rounds(600, 5_000)));
  }

  private static double burst(Stage stage, long size) throws InterruptedException {
    long before = stage.sender().sent();
    long begun = System.nanoTime();
    stage.sender().rate(BURST_RATE);
    Waiting.until(() -> stage.sender().sent() >= before + size, Duration.ofMinutes(1));
    stage.sender().rate(0);
    stage.awaitNoLag(Duration.ofMinutes(3));
    return (stage.sender().sent() - before) * 1e9 / (System.nanoTime() - begun);
  }

  private static long watch(Stage stage, List<Memory> watched, long end, long mostLag)
      throws InterruptedException {
    long most = mostLag;
    do {
      stage.pause(0.5);
      watched.forEach(Memory::sample);
      most = Math.max(most, stage.lag());
    } while (System.nanoTime() < end);
    return most;
  }

  /** One service's memory over time. */
  private static final class Memory {
    private final ServiceProcess service;
    private long before;
    private long most;
    private long mostHeap;

    Memory(ServiceProcess service) {
      this.service = service;
    }

    void baseline() {
      before = service.residentBytes();
      sample();
    }

    void sample() {
      most = Math.max(most, service.residentBytes());
      mostHeap = Math.max(mostHeap, service.heapBytes());
    }

    double growth() {
      return (double) most / Math.max(1, before);
    }

    @Override
    public String toString() {
      return "%s: resident %d MiB after full load without lag, at most %d MiB under the flood (x%.2f); heap used at most %d MiB of 256"
          .formatted(service.name(), before / MIB, most / MIB, growth(), mostHeap / MIB);
    }
  }
}
