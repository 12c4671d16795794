package io.headwater.cli.letters;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes for the eye: offset, sixteen bytes in hexadecimal, and the letters among them. */
final class HexDump {
  private static final int ROW = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private HexDump() {}

  /** The lines for the first {@code most} bytes. */
  static List<String> lines(byte[] bytes, int most) {
    List<String> lines = new ArrayList<>();
    int end = Math.min(bytes.length, most);
    for (int from = 0; from < end; from += ROW) {
      int to = Math.min(end, from + ROW);
      StringBuilder letters = new StringBuilder();
      for (int i = from; i < to; i++) {
        letters.append(bytes[i] >= 0x20 && bytes[i] < 0x7F ? (char) bytes[i] : '.');
      }
      lines.add("%08x  %-47s  |%s|".formatted(from, HEX.formatHex(bytes, from, to), letters));
    }
    return lines;
  }
}
