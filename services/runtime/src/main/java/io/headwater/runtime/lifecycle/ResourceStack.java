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

  /** Takes over {@code resource} and gives it back. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
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
}
