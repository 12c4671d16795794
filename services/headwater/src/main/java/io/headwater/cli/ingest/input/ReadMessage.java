package io.headwater.cli.ingest.input;

import static java.util.Objects.requireNonNull;

import io.headwater.gateway.ingest.Parsed;

/**
 * One message of a file, or why it is none.
 *
 * @param line of the file, from 1
 * @param parsed the message or its faults
 */
public record ReadMessage(long line, Parsed parsed) {
  public ReadMessage {
    requireNonNull(parsed, "parsed");
  }
}
