package io.headwater.runtime.lifecycle;

import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame that all services share: start once, close once, give back what was opened, in reverse.
 *
 * <p>A start may wait, for a broker or a registry that is not there yet; {@link #close} from
 * another thread interrupts it, and it ends then with a {@link StartException}.
 */
public abstract class ManagedService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedService.class);

  private final String name;
  private final Telemetry telemetry;
  private final StateHolder state = new StateHolder();
  private final ResourceStack resources = new ResourceStack();
  private final Object startLock = new Object();
  private @Nullable Thread starting;
  private volatile String waiting = "";

  /** A service that is not started yet. The telemetry stays the caller's. */
  protected ManagedService(String name, Telemetry telemetry) {
    this.name = name;
    this.telemetry = telemetry;
  }

  /**
   * Opens everything and begins the work; what it opens goes through {@link #own}. May be
   * interrupted.
   *
   * @throws StartException when the service cannot run as configured
   */
  protected abstract void open();

  /** Takes over what was opened: the last one is closed first. */
  protected final <T extends AutoCloseable> T own(T resource) {
    return resources.add(resource);
  }

  /** To be told when the work runs and when it has failed. */
  protected final StateHolder stateHolder() {
    return state;
  }

  /** To be told what the start waits for, in words: who asks for the health shall see it. */
  protected final void waitsFor(String reason) {
    waiting = reason;
  }

  protected final Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final ServiceState state() {
    return state.state();
  }

  @Override
  public final Optional<Throwable> failure() {
    return state.failure();
  }

  @Override
  public final void start() {
    if (!state.beginStart()) {
      return;
    }
    LOG.info("event=starting service={}", name);
    telemetry.health().liveness("service", this::liveness);
    telemetry.health().readiness("service", this::readiness);
    synchronized (startLock) {
      starting = Thread.currentThread();
    }
    try {
      open();
    } catch (RuntimeException e) {
      state.failed(e);
      resources.close();
      throw isClosing() ? new StartException(name + ": was stopped while it was starting", e) : e;
    } finally {
      endStart();
    }
  }

  @Override
  public final void close() {
    if (!state.beginStop()) {
      return;
    }
    synchronized (startLock) {
      if (starting != null) {
        starting.interrupt();
      }
    }
    resources.close();
    state.stopped();
    LOG.info("event=stopped service={}", name);
  }

  /** The interrupt of a close must not hit what the thread does after the start. */
  private void endStart() {
    synchronized (startLock) {
      starting = null;
      if (isClosing()) {
        boolean unused = Thread.interrupted();
      }
    }
  }

  private boolean isClosing() {
    ServiceState now = state.state();
    return now == ServiceState.STOPPING || now == ServiceState.STOPPED;
  }

  private HealthStatus readiness() {
    ServiceState now = state.state();
    if (now == ServiceState.RUNNING) {
      return HealthStatus.up("running");
    }
    return HealthStatus.down(
        now == ServiceState.STARTING && !waiting.isEmpty() ? now + ": " + waiting : now.toString());
  }

  private HealthStatus liveness() {
    ServiceState now = state.state();
    return now == ServiceState.FAILED
        ? HealthStatus.down("failed: " + failure().map(Throwable::toString).orElse("?"))
        : HealthStatus.up(now.toString());
  }
}
