package io.headwater.cli.river;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for Ctrl-C or SIGTERM, and keeps the process alive until what is open has been closed. The
 * JVM ends when its shutdown hooks have run, so the hook waits for {@link #done}.
 */
public final class Shutdown implements AutoCloseable {
  private static final long LONGEST_CLOSE_SECONDS = 60;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onSignal, "headwater-shutdown");
  private final Object startLock = new Object();
  private @Nullable Thread starting;

  private Shutdown() {}

  /** Begins to watch. */
  public static Shutdown watch() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** Waits for a signal for that long; true when one came. */
  boolean awaitSignal(long millis) {
    try {
      return asked.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Starts something on this thread that may have to wait; a signal meanwhile interrupts it.
   *
   * @return what was started; empty when a signal ended the start
   */
  <T> Optional<T> duringStart(Supplier<T> start) {
    synchronized (startLock) {
      starting = Thread.currentThread();
    }
    try {
      return isAsked() ? Optional.empty() : Optional.of(start.get());
    } catch (RuntimeException e) {
      if (isAsked()) {
        return Optional.empty();
      }
      throw e;
    } finally {
      synchronized (startLock) {
        starting = null;
        if (isAsked()) {
          boolean unused = Thread.interrupted();
        }
      }
    }
  }

  /** Whether a signal has come. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    done.countDown();
    if (!isAsked()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void onSignal() {
    asked.countDown();
    synchronized (startLock) {
      if (starting != null) {
        starting.interrupt();
      }
    }
    try {
      if (!done.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "headwater: closing took too long; the rest is left to Kafka's recovery");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
