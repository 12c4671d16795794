package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How tokens and what is said of them are written as JSON. */
final class TokenJson {
  /** Four digits tell more than these numbers know. */
  private static final double DIGITS = 1e4;

  private TokenJson() {}

  /** Adds the text of a token and where it starts. */
  static ObjectNode put(ObjectNode json, String text, int start, int end) {
    return json.put("text", text.substring(start, end)).put("start", start);
  }

  static double rounded(double value) {
    return Math.round(value * DIGITS) / DIGITS;
  }
}
