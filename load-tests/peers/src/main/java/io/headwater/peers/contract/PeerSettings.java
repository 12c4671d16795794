package io.headwater.peers.contract;

import java.nio.file.Path;

/**
 * What a peer is given.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl base of a Confluent schema registry
 * @param input topic of Avro messages
 * @param output topic of JSON answers
 * @param model folder of a model package
 * @param threads cores that the model may use
 */
public record PeerSettings(
    String bootstrapServers,
    String registryUrl,
    String input,
    String output,
    Path model,
    int threads) {

  /** Refuses fewer threads than one. */
  public PeerSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be at least 1, not " + threads);
    }
  }
}
