package io.headwater.gateway.http;

import static java.util.Objects.requireNonNull;

import io.headwater.gateway.ingest.Inflight;
import java.time.Duration;

/**
 * What the door lets in at once.
 *
 * @param maxBodyBytes of one request
 * @param maxConnections open at a time; more wait in the operating system's own queue
 * @param inflight messages and bytes of all requests together
 * @param rates messages a second
 * @param closeTimeout how long closing waits for answers that are on their way
 */
public record DoorLimits(
    int maxBodyBytes,
    int maxConnections,
    Inflight inflight,
    RateLimits rates,
    Duration closeTimeout) {
  public DoorLimits {
    requireNonNull(inflight, "inflight");
    requireNonNull(rates, "rates");
    requireNonNull(closeTimeout, "closeTimeout");
    if (maxBodyBytes < 1 || maxConnections < 1) {
      throw new IllegalArgumentException("Limits are at least 1");
    }
  }
}
