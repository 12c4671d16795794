package io.headwater.aggregator.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Gives each store its share of {@link RocksMemory}. Kafka Streams makes one for each store. */
public final class SharedRocksMemory implements RocksDBConfigSetter {
  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    RocksMemory.shareFrom(settings, options);
  }

  @Override
  public void close(String store, Options options) {
    // The memory outlives the store and belongs to the service.
  }
}
