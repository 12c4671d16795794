package io.headwater.schemas.hostile;

import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as the worst of producers may send it.
 *
 * @param kind how it was made; {@link #HEALTHY} for one that was left as it was
 * @param timestamp in milliseconds since the epoch; may be anything
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HostileRecord(
    String kind, byte @Nullable [] key, byte @Nullable [] value, Headers headers, long timestamp) {
  /** The kind of a record that nothing was done to. */
  public static final String HEALTHY = "healthy";

  private static final int SHOWN = 400;

  /** Whether its value was left as it was. */
  public boolean isHealthy() {
    return kind.equals(HEALTHY);
  }

  /** Its kind and the start of its value in hex: enough to send it again by hand. */
  @Override
  public String toString() {
    return "%s key=%s value=%s timestamp=%d".formatted(kind, hex(key), hex(value), timestamp);
  }

  private static String hex(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "null";
    }
    String start = HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN)));
    return bytes.length > SHOWN ? start + "... (%d bytes)".formatted(bytes.length) : start;
  }
}
