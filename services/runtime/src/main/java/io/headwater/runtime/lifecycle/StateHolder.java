package io.headwater.runtime.lifecycle;

import static io.headwater.runtime.lifecycle.ServiceState.CREATED;
import static io.headwater.runtime.lifecycle.ServiceState.FAILED;
import static io.headwater.runtime.lifecycle.ServiceState.RUNNING;
import static io.headwater.runtime.lifecycle.ServiceState.STARTING;
import static io.headwater.runtime.lifecycle.ServiceState.STOPPED;
import static io.headwater.runtime.lifecycle.ServiceState.STOPPING;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state machine of {@link ServiceState}. Thread-safe; nothing in it waits. */
public final class StateHolder {
  private ServiceState state = CREATED;
  private @Nullable Throwable failure;

  public synchronized ServiceState state() {
    return state;
  }

  /** Why the state is FAILED; empty in any other state. */
  public synchronized Optional<Throwable> failure() {
    return state == FAILED ? Optional.ofNullable(failure) : Optional.empty();
  }

  /**
   * Goes from CREATED to STARTING.
   *
   * @return false when it was started before
   * @throws IllegalStateException when it was closed before
   */
  public synchronized boolean beginStart() {
    if (isClosed()) {
      throw new IllegalStateException("A closed service cannot be started again");
    }
    if (state != CREATED) {
      return false;
    }
    state = STARTING;
    return true;
  }

  /** Goes from STARTING to RUNNING, unless it failed or was closed meanwhile. */
  public synchronized void running() {
    if (state == STARTING) {
      state = RUNNING;
    }
  }

  /** Goes to FAILED, unless it is being closed: the first failure stays. */
  public synchronized void failed(Throwable cause) {
    if (!isClosed() && state != FAILED) {
      state = FAILED;
      failure = cause;
    }
  }

  /**
   * Goes to STOPPING.
   *
   * @return false when it was closed before
   */
  public synchronized boolean beginStop() {
    if (isClosed()) {
      return false;
    }
    state = STOPPING;
    return true;
  }

  /** Goes to STOPPED. */
  public synchronized void stopped() {
    state = STOPPED;
  }

  private boolean isClosed() {
    return state == STOPPING || state == STOPPED;
  }
}
