package io.headwater.aggregator.state;

import io.headwater.aggregator.window.SeriesKey;
import io.headwater.avro.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How the keys of state stores are written. */
public final class StoreKeys {
  private StoreKeys() {}

  /**
   * Key of a message's record: partition, offset, topic. Big-endian, so that the store holds the
   * entries of a partition in the order of its offsets: the oldest come first.
   */
  public static byte[] of(Origin origin) {
    byte[] topic = origin.getTopic().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES + topic.length)
        .putInt(origin.getPartition())
        .putLong(origin.getOffset())
        .put(topic)
        .array();
  }

  /** The origin that a key was made of. */
  public static Origin origin(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key);
    int partition = bytes.getInt();
    long offset = bytes.getLong();
    return new Origin(StandardCharsets.UTF_8.decode(bytes).toString(), partition, offset);
  }

  /** Serde of a series: the length of its source's name, the name, the language. */
  @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
  public static Serde<SeriesKey> series() {
    return Serdes.serdeFrom(
        (topic, key) -> key == null ? null : bytes(key),
        (topic, bytes) -> bytes == null ? null : series(bytes));
  }

  // Not "source/language": either may hold a slash, and two series must never share a key.
  private static byte[] bytes(SeriesKey key) {
    byte[] source = key.source().getBytes(StandardCharsets.UTF_8);
    byte[] language = key.language().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + source.length + language.length)
        .putInt(source.length)
        .put(source)
        .put(language)
        .array();
  }

  private static SeriesKey series(byte[] bytes) {
    int length = ByteBuffer.wrap(bytes).getInt();
    int language = Integer.BYTES + length;
    return new SeriesKey(
        new String(bytes, Integer.BYTES, length, StandardCharsets.UTF_8),
        new String(bytes, language, bytes.length - language, StandardCharsets.UTF_8));
  }
}
