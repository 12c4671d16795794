package io.headwater.aggregator;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.lifecycle.ManagedService;
import io.headwater.runtime.lifecycle.MemoryPlan;
import io.headwater.runtime.lifecycle.ServiceState;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Health;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.RiverPreflight.NotReadyException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The aggregator: joins messages with their results into insights, counts sentiment over windows,
 * and shows both over HTTP.
 */
public final class AggregatorService extends ManagedService {
  private static final String NAME = "aggregator";

  private final AggregatorConfig config;
  private final KafkaConnection kafka;
  private volatile @Nullable RunningAggregator running;

  private AggregatorService(AggregatorConfig config, KafkaConnection kafka, Telemetry telemetry) {
    super(NAME, telemetry);
    this.config = config;
    this.kafka = kafka;
  }

  /** A service, not started. */
  public static AggregatorService create(
      AggregatorConfig config, KafkaConnection kafka, Telemetry telemetry) {
    return new AggregatorService(config, kafka, telemetry);
  }

  @Override
  protected void open() {
    // The stores' memory is a limit that RocksDB passes a little, for what it writes just then.
    MemoryPlan.here(Map.of("RocksDB", config.streams().rocksBytes() * 5L / 4)).check(NAME);
    RunningAggregator made =
        own(RunningAggregator.open(config, kafka, telemetry(), Clock.systemUTC(), stateHolder()));
    running = made;
    addHealth(telemetry().health());
    try {
      made.run(this::waitsFor);
    } catch (NotReadyException e) {
      throw new StartException("aggregator: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("aggregator: interrupted while it was starting", e);
    }
  }

  /** Port of the HTTP interface; empty while it is not up. */
  public Optional<Integer> httpPort() {
    return whileUp().map(RunningAggregator::httpPort);
  }

  /** Port of the admin endpoint; empty while it is not up. */
  public Optional<Integer> adminPort() {
    return whileUp().map(RunningAggregator::adminPort);
  }

  private Optional<RunningAggregator> whileUp() {
    ServiceState now = state();
    boolean up = now == ServiceState.STARTING || now == ServiceState.RUNNING;
    return up ? Optional.ofNullable(running) : Optional.empty();
  }

  private void addHealth(Health health) {
    health.readiness(
        "feed",
        () ->
            whileUp().map(RunningAggregator::feedHealth).orElse(HealthStatus.down("not running")));
  }
}
