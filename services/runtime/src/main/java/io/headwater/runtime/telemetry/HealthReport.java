package io.headwater.runtime.telemetry;

import java.util.Map;

/**
 * The answers of all checks of one kind.
 *
 * @param checks by name
 */
public record HealthReport(Map<String, HealthStatus> checks) {
  public HealthReport {
    checks = Map.copyOf(checks);
  }

  /** Whether every check is well. */
  public boolean ok() {
    return checks.values().stream().allMatch(HealthStatus::ok);
  }
}
