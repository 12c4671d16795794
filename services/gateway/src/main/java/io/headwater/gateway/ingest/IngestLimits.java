package io.headwater.gateway.ingest;

/**
 * How large a message may be, in bytes of UTF-8.
 *
 * @param maxTextBytes of its text
 * @param maxFieldBytes of any other string: ids go into keys and metrics of every later stage
 * @param maxAttributesBytes of all attributes, names and values together
 */
public record IngestLimits(int maxTextBytes, int maxFieldBytes, int maxAttributesBytes) {
  /** The text limit that the whole river is built for: 1 MiB. */
  public static final int DEFAULT_MAX_TEXT_BYTES = 1 << 20;

  private static final int MAX_FIELD_BYTES = 1_024;
  private static final int MAX_ATTRIBUTES_BYTES = 64 * 1_024;

  public IngestLimits {
    if (maxTextBytes < 1 || maxFieldBytes < 1 || maxAttributesBytes < 1) {
      throw new IllegalArgumentException("Limits are at least 1 byte");
    }
  }

  /** Limits with another text limit than the default. */
  public static IngestLimits ofText(int maxTextBytes) {
    return new IngestLimits(maxTextBytes, MAX_FIELD_BYTES, MAX_ATTRIBUTES_BYTES);
  }
}
