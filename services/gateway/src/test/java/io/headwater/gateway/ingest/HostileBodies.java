package io.headwater.gateway.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Bodies of requests as the worst of clients may send them, from a seed. One thread. */
public final class HostileBodies {
  /** The fields of a message. */
  static final List<String> KNOWN_FIELDS =
      List.of(
          "id",
          "text",
          "language",
          "source",
          "author",
          "conversation",
          "sentAt",
          "tasks",
          "targetLanguage",
          "explain",
          "attributes");

  private static final List<String> FIELDS =
      Stream.concat(KNOWN_FIELDS.stream(), Stream.of("nme", "")).toList();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e999999999",
          "-1E-999999999",
          "1.7976931348623157e309",
          "9223372036854775808",
          "253402300800000",
          "\"\"",
          "\" \"",
          "\"en\"",
          "\"en-x\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u0000\"",
          "\"\u202e\"",
          "\"2026-01-31T12:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00+18:00\"",
          "[]",
          "{}",
          "[\"sentiment\"]",
          "[\"poetry\", 1, null]",
          "{\"a\": 1}",
          "{\"a\": \"b\", \"a\": \"c\"}",
          "{\"\\ud800\": \"x\"}",
          "NaN",
          "Infinity",
          "'x'",
          "\"tab\tinside\"",
          "\"\\x\"",
          "/* c */ 1",
          "01");

  private final Random random;

  public HostileBodies(long seed) {
    this.random = new Random(seed);
  }

  /** A body that must be taken whole. */
  public static byte[] healthy(int number) {
    return "{\"id\": \"m-%d\", \"text\": \"A lovely day\"}".formatted(number).getBytes(UTF_8);
  }

  /** The next body. */
  public byte[] next() {
    byte[] body = random.nextInt(4) == 0 ? healthy(random.nextInt(1_000)) : text().getBytes(UTF_8);
    return switch (random.nextInt(12)) {
      case 0 -> bytes(random.nextInt(300));
      case 1 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
      case 2, 3 -> flipped(body);
      case 4 -> text().getBytes(UTF_16);
      case 5 -> text().getBytes(ISO_8859_1);
      case 6 -> concatenated(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, body);
      case 7 -> concatenated(body, next());
      default -> body;
    };
  }

  private String text() {
    return switch (random.nextInt(14)) {
      case 0 -> "[".repeat(1 + random.nextInt(5_000));
      case 1 -> "{\"a\":".repeat(1 + random.nextInt(1_000)) + "1";
      case 2 -> "{\"text\": " + "9".repeat(1 + random.nextInt(3_000)) + "}";
      case 3 -> "{\"text\": \"" + "x".repeat(random.nextInt(6_000)) + "\"}";
      case 4 -> "{\"" + "k".repeat(random.nextInt(60_000)) + "\": 1}";
      case 5 -> "[" + "{\"text\":\"\"},".repeat(random.nextInt(400)) + "1]";
      case 6 -> "\r\n".repeat(random.nextInt(50)) + object() + "\r" + object() + "\u2028\n";
      case 7 -> "[" + object() + "," + object() + "]" + (random.nextBoolean() ? "" : "]");
      case 8 -> object() + "\n" + object() + "\n\n" + object();
      case 9 -> "[1,".repeat(random.nextInt(40)) + "null";
      default -> object();
    };
  }

  private String object() {
    StringBuilder json = new StringBuilder("{");
    for (int left = random.nextInt(6); left >= 0; left--) {
      json.append('"').append(FIELDS.get(random.nextInt(FIELDS.size()))).append("\": ");
      json.append(VALUES.get(random.nextInt(VALUES.size()))).append(left > 0 ? ", " : "");
    }
    return json + (random.nextInt(3) > 0 ? ", \"text\": \"A lovely day\"}" : "}");
  }

  private byte[] flipped(byte[] body) {
    byte[] bytes = concatenated(body, new byte[] {' '});
    for (int left = random.nextInt(6); left >= 0; left--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] concatenated(byte[] front, byte[] back) {
    byte[] bytes = Arrays.copyOf(front, front.length + back.length);
    System.arraycopy(back, 0, bytes, front.length, back.length);
    return bytes;
  }
}
