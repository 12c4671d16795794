package io.headwater.gateway.ingest;

/** How messages are written down. */
public enum BodyFormat {
  /** One JSON object, or an array of them. */
  JSON,
  /** One JSON object a line; empty lines count as lines and are passed over. */
  JSON_LINES
}
