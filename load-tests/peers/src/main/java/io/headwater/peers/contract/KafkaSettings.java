package io.headwater.peers.contract;

import java.util.Map;
import java.util.UUID;

/** What the peers' Kafka clients have in common. */
public final class KafkaSettings {
  /** Twenty milliseconds fill a producer's batch, and are short beside a batch's inference. */
  public static final Map<String, String> PRODUCER =
      Map.of("linger.ms", "20", "compression.type", "lz4");

  private KafkaSettings() {}

  /** A consumer group that nobody has used: the peer begins with the earliest record. */
  public static String freshGroup(String peer) {
    return "peer-" + peer + "-" + UUID.randomUUID();
  }
}
