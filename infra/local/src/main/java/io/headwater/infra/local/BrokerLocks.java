package io.headwater.infra.local;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the local broker is locked: what its clients must speak, and what decides who may do what.
 *
 * @param protocol Kafka's name of the clients' protocol, for example {@code SASL_SSL}
 * @param settings Kafka's own settings for certificates, mechanisms and rights, above those that
 *     the local broker has anyway
 * @param users who is there from the first start on, as {@code kafka-storage.sh --add-scram} has
 *     them
 */
public record BrokerLocks(String protocol, Map<String, String> settings, List<String> users) {
  /** Whoever reaches the loopback address may do everything. */
  public static final BrokerLocks NONE = new BrokerLocks("PLAINTEXT", Map.of(), List.of());

  public BrokerLocks {
    Objects.requireNonNull(protocol, "protocol");
    settings = Map.copyOf(settings);
    users = List.copyOf(users);
  }

  /** Settings hold passwords. */
  @Override
  public String toString() {
    return "BrokerLocks[" + protocol + "]";
  }
}
