package io.headwater.trainer.translation.quality;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokenizer "13a": that of NIST's script mteval-v13a without the parts that need another
 * encoding, as sacreBLEU has it. It knows ASCII's punctuation only, and leaves apostrophes and
 * hyphens in their words.
 */
final class Tokenizer13a {

  /** A blank counts too: each gets one more on either side, which the next rules may use up. */
  private static final Pattern PUNCTUATION = Pattern.compile("[ \\p{Punct}&&[^'\\-.,]]");

  private static final Pattern MARK_NOT_AFTER_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern MARK_NOT_BEFORE_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])-");

  private Tokenizer13a() {}

  /** The tokens of a segment, none of them empty. */
  static List<String> tokens(String segment) {
    String text = " " + unescaped(WhiteSpace.withoutTrailing(segment)) + " ";
    text = PUNCTUATION.matcher(text).replaceAll(" $0 ");
    text = MARK_NOT_AFTER_DIGIT.matcher(text).replaceAll("$1 $2 ");
    text = MARK_NOT_BEFORE_DIGIT.matcher(text).replaceAll(" $1 $2");
    text = HYPHEN_AFTER_DIGIT.matcher(text).replaceAll("$1 - ");
    return WhiteSpace.split(text);
  }

  private static String unescaped(String segment) {
    String text = segment.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    return text.replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }
}
