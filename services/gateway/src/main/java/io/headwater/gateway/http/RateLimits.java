package io.headwater.gateway.http;

/**
 * How many messages a second come in; 0 for no limit. What is not used in one second can be used in
 * the next.
 *
 * @param all from all clients together
 * @param client from one client address
 */
public record RateLimits(int all, int client) {
  /** No limits. */
  public static final RateLimits NONE = new RateLimits(0, 0);

  public RateLimits {
    if (all < 0 || client < 0) {
      throw new IllegalArgumentException("Rates are 0 or more");
    }
  }
}
