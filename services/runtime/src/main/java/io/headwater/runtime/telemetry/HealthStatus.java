package io.headwater.runtime.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What one health check says.
 *
 * @param ok whether it is well
 * @param detail in words, for example {@code model sentiment-e5-small-v2@1.3.0 loaded}
 */
public record HealthStatus(boolean ok, String detail) {
  public HealthStatus {
    requireNonNull(detail, "detail");
  }

  public static HealthStatus up(String detail) {
    return new HealthStatus(true, detail);
  }

  public static HealthStatus down(String detail) {
    return new HealthStatus(false, detail);
  }

  /** Down with a complaint, or up where there is none. */
  public static HealthStatus unless(Optional<String> complaint, String otherwise) {
    return complaint.map(HealthStatus::down).orElseGet(() -> up(otherwise));
  }
}
