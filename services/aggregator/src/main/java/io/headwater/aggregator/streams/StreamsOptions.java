package io.headwater.aggregator.streams;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the topology is run.
 *
 * @param instanceId tells instances apart
 * @param stateFolder of this instance's stores; no other instance may use it
 * @param threads stream threads
 * @param commitInterval how often results become visible on a busy machine
 * @param recordCacheBytes memory, shared by all threads, for records that change before the next
 *     commit
 * @param rocksBytes memory, shared by all stores, for RocksDB's blocks and write buffers
 */
public record StreamsOptions(
    String instanceId,
    Path stateFolder,
    int threads,
    Duration commitInterval,
    int recordCacheBytes,
    int rocksBytes) {
  public StreamsOptions {
    requireNonNull(instanceId, "instanceId");
    requireNonNull(stateFolder, "stateFolder");
    requireNonNull(commitInterval, "commitInterval");
    if (threads < 1) {
      throw new IllegalArgumentException("At least one thread is needed");
    }
  }
}
