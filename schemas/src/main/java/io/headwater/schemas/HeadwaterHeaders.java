package io.headwater.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the stages put on records, with what may differ from run to run: values have no
 * clock in them. Times are in milliseconds since the epoch; all numbers are decimal digits.
 */
public final class HeadwaterHeaders {
  /** When the tokens were written; each hop of the tokenizer puts its own in place of the last. */
  public static final String TOKENIZED_AT = "headwater.tokenized.at";

  /** When the sentiment was scored. */
  public static final String SCORED_AT = "headwater.scored.at";

  /** When the translation was made. */
  public static final String TRANSLATED_AT = "headwater.translated.at";

  /** On a result: offset of the tokens that it was made of, in their topic. */
  public static final String TOKENS_OFFSET = "headwater.tokens.offset";

  /** On an insight: when its parts were joined. */
  public static final String JOINED_AT = "headwater.joined.at";

  private static final String STEPS = "headwater.steps.";

  /** Nineteen digits need not fit a long. */
  private static final int MOST_DIGITS = 18;

  private HeadwaterHeaders() {}

  /** On an insight: when and where that task was done, as numbers with commas between them. */
  public static String steps(String task) {
    return STEPS + task;
  }

  /** Puts a number in the place of what had that name before. */
  public static void put(Headers headers, String name, long number) {
    headers.remove(name);
    headers.add(name, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  /** The number of that name; -1 where there is none, or something else: anybody writes headers. */
  public static long number(Headers headers, String name) {
    Header last = headers.lastHeader(name);
    return last == null ? -1 : number(last.value());
  }

  private static long number(byte @Nullable [] digits) {
    if (digits == null || digits.length == 0 || digits.length > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = 10 * number + (digit - '0');
    }
    return number;
  }
}
