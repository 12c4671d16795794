package io.headwater.cli.river;

import java.nio.charset.StandardCharsets;

/** Encoded records that were damaged. */
final class SpoiltBytes {
  private SpoiltBytes() {}

  static byte[] cut(byte[] whole) {
    byte[] half = new byte[whole.length / 2];
    System.arraycopy(whole, 0, half, 0, half.length);
    return half;
  }

  /** Puts bytes that are not UTF-8 in place of the word MARK. */
  static byte[] broken(byte[] record) {
    String latin = new String(record, StandardCharsets.ISO_8859_1);
    return latin.replace("MARK", "\u00ff\u00fe\u00ff\u00fe").getBytes(StandardCharsets.ISO_8859_1);
  }
}
