package io.headwater.schemas;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Bytes of a Kafka record's parts, as its topic's limit counts them but for a few of overhead. */
public final class RecordSize {
  private RecordSize() {}

  /** Bytes of a key or a value; none where there is none. */
  public static long of(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }

  /** Bytes of headers: their keys and values. */
  public static long of(Iterable<Header> headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += header.key().length() + of(header.value());
    }
    return bytes;
  }
}
