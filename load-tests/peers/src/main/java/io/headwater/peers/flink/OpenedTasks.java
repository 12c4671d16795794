package io.headwater.peers.flink;

import java.util.concurrent.CountDownLatch;

/**
 * Counts the tasks whose model is loaded: Flink's local cluster runs in this process, and copies of
 * its functions have no other way to say so.
 */
final class OpenedTasks {
  private static volatile OpenedTasks current = new OpenedTasks(0);

  private final CountDownLatch missing;

  private OpenedTasks(int count) {
    this.missing = new CountDownLatch(count);
  }

  /** Begins to count. */
  static OpenedTasks expect(int count) {
    current = new OpenedTasks(count);
    return current;
  }

  /** One more task is open. */
  static void add() {
    current.missing.countDown();
  }

  /** Waits until all are open, or nobody waits for them any more. */
  void await() throws InterruptedException {
    missing.await();
  }

  /** Lets {@link #await} come back. */
  void giveUp() {
    while (missing.getCount() > 0) {
      missing.countDown();
    }
  }
}
