package io.headwater.runtime.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The health of one service. Live: it must not be restarted. Ready: it does its work now. Checks
 * are called by the HTTP threads and must answer from what they know, without waiting.
 */
public final class Health {
  private final Map<String, Supplier<HealthStatus>> liveness = new ConcurrentHashMap<>();
  private final Map<String, Supplier<HealthStatus>> readiness = new ConcurrentHashMap<>();
  private final Consumer<String> added;

  public Health() {
    this(name -> {});
  }

  /** A health that tells of each name that a readiness check gets. */
  Health(Consumer<String> added) {
    this.added = added;
  }

  public void liveness(String name, Supplier<HealthStatus> check) {
    liveness.put(name, check);
  }

  public void readiness(String name, Supplier<HealthStatus> check) {
    if (readiness.put(name, check) == null) {
      added.accept(name);
    }
  }

  public HealthReport live() {
    return report(liveness);
  }

  public HealthReport ready() {
    return report(readiness);
  }

  /** Whether that readiness check is there and well. */
  boolean isReady(String name) {
    Supplier<HealthStatus> check = readiness.get(name);
    return check != null && ask(check).ok();
  }

  private static HealthReport report(Map<String, Supplier<HealthStatus>> checks) {
    Map<String, HealthStatus> results = new TreeMap<>();
    checks.forEach((name, check) -> results.put(name, ask(check)));
    return new HealthReport(results);
  }

  private static HealthStatus ask(Supplier<HealthStatus> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return HealthStatus.down("the check itself failed: " + e);
    }
  }
}
