package io.headwater.runtime.config;

/**
 * How soon a consumer group misses a member that died without leaving: its partitions wait that
 * long for another one. Kafka's own default, 45 seconds, is for networks with long gaps (KIP-735);
 * users set {@code consumer.session.timeout.ms}.
 */
public final class GroupSession {
  /** Of {@code session.timeout.ms}. */
  public static final int TIMEOUT_MS = 10_000;

  /** Of {@code heartbeat.interval.ms}: several fit into a session. */
  public static final int HEARTBEAT_MS = TIMEOUT_MS / 4;

  private GroupSession() {}
}
