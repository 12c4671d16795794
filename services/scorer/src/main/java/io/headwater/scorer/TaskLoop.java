package io.headwater.scorer;

import io.headwater.runtime.telemetry.Health;
import io.headwater.runtime.telemetry.HealthStatus;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task's loop with the thread that owns it: begun once, ended once. */
final class TaskLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);
  private static final Duration LONGEST_END = Duration.ofMinutes(1);

  private final String task;
  private final ScorerLoop loop;
  private final Thread owner;

  /**
   * A loop that has not begun.
   *
   * @param failed told, on the loop's thread, why it has ended before its time
   */
  TaskLoop(String task, ScorerLoop loop, Consumer<Throwable> failed) {
    this.task = task;
    this.loop = loop;
    this.owner = new Thread(() -> runToTheEnd(failed), "headwater-scorer-" + task);
  }

  /** Begins, and tells of it in the health: readiness and liveness have the task's name. */
  void begin(Health health) {
    health.readiness("assignment." + task, this::assignment);
    health.liveness("loop." + task, this::life);
    owner.start();
  }

  /** Begins, and the service is healthy whatever becomes of it. */
  void beginUnwatched() {
    owner.start();
  }

  /** Asks it to end; returns at once. Any thread. */
  void shutDown() {
    loop.shutDown();
  }

  /** Waits for the end. */
  void join() throws InterruptedException {
    owner.join(LONGEST_END.toMillis());
  }

  private HealthStatus assignment() {
    return loop.isAssigned()
        ? HealthStatus.up("has its partitions")
        : HealthStatus.down("waits for the group to assign partitions");
  }

  private HealthStatus life() {
    boolean alive = owner.isAlive();
    return new HealthStatus(alive, alive ? "runs" : "has ended");
  }

  private void runToTheEnd(Consumer<Throwable> failed) {
    try {
      loop.run();
    } catch (RuntimeException | Error e) {
      LOG.error("event=scorer_failed task={}", task, e);
      failed.accept(e);
      if (e instanceof Error error) {
        throw error;
      }
    }
  }
}
