package io.headwater.runtime.lifecycle;

import java.util.Optional;

/**
 * One of Headwater's services: started once, closed once. {@link #start} and {@link #close} are
 * idempotent; a closed service cannot be started again.
 */
public interface Service extends AutoCloseable {
  /** Its name, as in {@code headwater run NAME}. */
  String name();

  /**
   * Starts it. Returns when it has begun its work; readiness comes later and is told by its health.
   *
   * @throws StartException when it cannot run as configured; the message says what to change
   */
  void start();

  ServiceState state();

  /** Why the service is {@link ServiceState#FAILED}; empty in any other state. */
  Optional<Throwable> failure();

  /** Finishes the work in hand, gives everything back, and waits until that is done. */
  @Override
  void close();
}
