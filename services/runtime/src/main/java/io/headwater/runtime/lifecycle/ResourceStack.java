package io.headwater.runtime.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service has opened. Closes the last one first, and all of them, even when one fails to
 * close. Thread-safe; a second close does nothing.
 */
public final class ResourceStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceStack.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /**
   * Takes over {@code resource} and gives it back.
   *
   * @throws IllegalStateException when this stack was closed before, for example by a shutdown in
   *     the middle of a start; {@code resource} is closed then, too
   */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      close(resource);
      throw new IllegalStateException("Closed before all was open");
    }
    open.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("event=close_interrupted resource={}", resource.getClass().getSimpleName());
    } catch (Exception e) {
      LOG.warn("event=close_failed resource={}", resource.getClass().getSimpleName(), e);
    }
  }
}
