package io.headwater.schemas.assignment;

import io.headwater.schemas.Decoded;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest record of each key of a compacted topic with one partition. Reads without a group, so
 * it disturbs nobody. A record that cannot be read is passed over, and the one before it holds. One
 * thread at a time.
 *
 * @param <V> type of the values
 */
public final class CompactedTable<V extends SpecificRecord> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompactedTable.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final RecordDecoder<V> decoder;
  private final TopicPartition partition;
  private final Map<String, V> values = new HashMap<>();
  private boolean begun;

  /**
   * A table that is empty until it is read.
   *
   * @param consumer without a group, of committed records; the table's to close
   * @param decoder of the topic
   */
  public CompactedTable(Consumer<byte[], byte[]> consumer, RecordDecoder<V> decoder) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.partition = new TopicPartition(decoder.topic().name(), 0);
  }

  /** Properties of a consumer for a table, under those of the user. */
  public static Map<String, Object> consumerProperties(String clientId) {
    return Map.of(
        "client.id",
        clientId,
        "isolation.level",
        "read_committed",
        "enable.auto.commit",
        "false",
        "auto.offset.reset",
        "earliest",
        "allow.auto.create.topics",
        "false");
  }

  /** Reads all that is committed by now. */
  public void readToEnd() {
    begin();
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      poll(POLL);
    }
  }

  /**
   * Takes what has come.
   *
   * @return whether anything changed
   */
  public boolean poll(Duration patience) {
    begin();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
    boolean changed = false;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        changed |= take(record);
      } catch (RegistryUnavailableException e) {
        LOG.warn("event=registry_retry topic={} reason=\"{}\"", partition.topic(), e.getMessage());
        consumer.seek(partition, record.offset());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        return changed;
      }
    }
    return changed;
  }

  /** The latest values by their keys. */
  public Map<String, V> values() {
    return Map.copyOf(values);
  }

  /** Makes a poll of another thread return. */
  public void wakeup() {
    consumer.wakeup();
  }

  private void begin() {
    if (!begun) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      begun = true;
    }
  }

  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      skipped(record, "it has no key");
      return false;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      return values.remove(key) != null;
    }
    Decoded<V> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Healthy<V> healthy) {
      return !healthy.value().equals(values.put(key, healthy.value()));
    }
    if (decoded instanceof Decoded.Undecodable<V> bad) {
      skipped(record, bad.detail());
    }
    return false;
  }

  private static void skipped(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warn(
        "event=record_skipped topic={} offset={} reason=\"{}\"",
        record.topic(),
        record.offset(),
        reason);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
