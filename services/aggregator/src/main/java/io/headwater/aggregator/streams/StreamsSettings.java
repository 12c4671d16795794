package io.headwater.aggregator.streams;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;

import io.headwater.aggregator.topology.AggregatorTopology;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.HeadwaterGroups;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of Kafka Streams, from the service's options. Users' properties come last. */
public final class StreamsSettings {
  /** Longer than a record may wait for the registry, short enough that readers do not starve. */
  private static final int TRANSACTION_MS = 60_000;

  private StreamsSettings() {}

  /**
   * The properties of one instance.
   *
   * @param self base URL of the instance, as peers reach it
   * @param maxRecordBytes largest record of the topics
   * @param memory must be closed by the caller, after the streams
   */
  public static Map<String, Object> of(
      StreamsOptions options,
      KafkaConnection kafka,
      URI self,
      int maxRecordBytes,
      RocksMemory memory) {
    String application = new HeadwaterGroups(kafka.topicsPrefix()).aggregator();
    Map<String, Object> own = new HashMap<>();
    own.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    own.put(StreamsConfig.CLIENT_ID_CONFIG, application + "-" + options.instanceId());
    own.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.getHost() + ":" + self.getPort());
    own.put(StreamsConfig.STATE_DIR_CONFIG, options.stateFolder().toString());
    own.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
    own.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, options.commitInterval().toMillis());
    own.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, (long) options.recordCacheBytes());
    own.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    own.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
    own.put(RocksMemory.KEY, memory);
    own.put(StreamsConfig.consumerPrefix(AUTO_OFFSET_RESET_CONFIG), "earliest");
    own.put(StreamsConfig.producerPrefix(TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MS);
    own.put(
        StreamsConfig.producerPrefix(MAX_REQUEST_SIZE_CONFIG),
        AggregatorTopology.largestBytes(maxRecordBytes));
    // The buffer must take the largest record; Kafka's own 32 MiB are a little less.
    own.put(
        StreamsConfig.producerPrefix(BUFFER_MEMORY_CONFIG),
        2L * AggregatorTopology.largestBytes(maxRecordBytes));
    own.put(StreamsConfig.producerPrefix(LINGER_MS_CONFIG), 5);
    return kafka.forStreams(own);
  }
}
