package io.headwater.aggregator.streams;

import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TableFormatConfig;
import org.rocksdb.WriteBufferManager;

/**
 * Memory that all state stores of one service share, so that the number of stores does not multiply
 * it. Close it after the last store.
 */
public final class RocksMemory implements AutoCloseable {
  /** Key under which the stores' settings hold it. */
  static final String KEY = "headwater.rocks.memory";

  private static final double INDEX_SHARE = 0.1;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /** Shares out {@code bytes}: at most half of them to buffers of writes. */
  public RocksMemory(long bytes) {
    this.cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
    this.writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  /** Makes one store use it. */
  void share(Options options) {
    options.setWriteBufferManager(writeBuffers);
    TableFormatConfig format = options.tableFormatConfig();
    if (format instanceof BlockBasedTableConfig table) {
      table.setBlockCache(cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setCacheIndexAndFilterBlocksWithHighPriority(true);
      table.setPinTopLevelIndexAndFilter(true);
      options.setTableFormatConfig(table);
    }
  }

  /** The memory named in a store's settings, where there is one. */
  static void shareFrom(Map<String, Object> settings, Options options) {
    if (settings.get(KEY) instanceof RocksMemory memory) {
      memory.share(options);
    }
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }
}
