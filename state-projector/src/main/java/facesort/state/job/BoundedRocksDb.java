package facesort.state.job;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * All stores of the process share one block cache, and their write buffers count against it: by
 * default each store takes 50 MB and more outside the heap. Made by Kafka Streams, by name.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final long WRITE_BYTES = 16L * 1024 * 1024;
  private static final long BUFFER_BYTES = 1024L * 1024;
  private static final Cache CACHE = new LRUCache(MOST_BYTES);
  private static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BYTES, CACHE);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String store, Options options) {
    // Cache and buffers are the process's, not the store's.
  }
}
