package io.headwater.aggregator;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.lifecycle.Service;
import io.headwater.runtime.lifecycle.ServiceState;
import io.headwater.runtime.lifecycle.StateHolder;
import io.headwater.runtime.telemetry.Health;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The aggregator: joins messages with their results into insights, counts sentiment over windows,
 * and shows both over HTTP.
 *
 * <p>{@link #start} waits for a broker or registry that is not there yet; {@link #close} from
 * another thread ends that. The telemetry is the caller's to close.
 */
public final class AggregatorService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(AggregatorService.class);

  private final AggregatorConfig config;
  private final KafkaConnection kafka;
  private final Telemetry telemetry;
  private final StateHolder state = new StateHolder();
  private final Preflight preflight = new Preflight();
  private final AtomicReference<@Nullable RunningAggregator> running = new AtomicReference<>();

  /** Serialises start and close; never held while waiting for broker or registry. */
  private final Object lock = new Object();

  private AggregatorService(AggregatorConfig config, KafkaConnection kafka, Telemetry telemetry) {
    this.config = config;
    this.kafka = kafka;
    this.telemetry = telemetry;
  }

  /** A service, not started. */
  public static AggregatorService create(
      AggregatorConfig config, KafkaConnection kafka, Telemetry telemetry) {
    return new AggregatorService(config, kafka, telemetry);
  }

  @Override
  public String name() {
    return "aggregator";
  }

  @Override
  public void start() {
    if (!state.beginStart()) {
      return;
    }
    LOG.info("service=aggregator event=starting instance={}", config.streams().instanceId());
    try {
      RunningAggregator made =
          RunningAggregator.open(config, kafka, telemetry, Clock.systemUTC(), state);
      addHealth(telemetry.health());
      running.set(made);
      made.run(preflight);
    } catch (RuntimeException e) {
      state.failed(e);
      release();
      throw e;
    }
  }

  @Override
  public ServiceState state() {
    return state.state();
  }

  @Override
  public Optional<Throwable> failure() {
    return state.failure();
  }

  /** Port of the HTTP interface; empty while it is not up. */
  public Optional<Integer> httpPort() {
    return Optional.ofNullable(running.get()).map(RunningAggregator::httpPort);
  }

  /** Port of the admin endpoint; empty while it is not up. */
  public Optional<Integer> adminPort() {
    return Optional.ofNullable(running.get()).map(RunningAggregator::adminPort);
  }

  @Override
  public void close() {
    if (!state.beginStop()) {
      return;
    }
    preflight.giveUp();
    release();
    state.stopped();
    LOG.info("service=aggregator event=stopped");
  }

  private void release() {
    synchronized (lock) {
      RunningAggregator made = running.getAndSet(null);
      if (made != null) {
        made.close();
      }
    }
  }

  private void addHealth(Health health) {
    health.liveness(
        "service",
        () ->
            state.state() == ServiceState.FAILED
                ? HealthStatus.down("failed: " + failure().map(Throwable::toString).orElse("?"))
                : HealthStatus.up(state.state().toString()));
    health.readiness(
        "feed",
        () ->
            Optional.ofNullable(running.get())
                .map(RunningAggregator::feedHealth)
                .orElse(HealthStatus.down("not running")));
    health.readiness(
        "service",
        () ->
            state.state() == ServiceState.RUNNING
                ? HealthStatus.up("running")
                : HealthStatus.down(state.state().toString()));
  }
}
