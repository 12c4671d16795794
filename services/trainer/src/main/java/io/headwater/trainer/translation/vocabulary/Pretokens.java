package io.headwater.trainer.translation.vocabulary;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a text into the pieces that merges never cross: words with the mark of the space before
 * them, punctuation marks and digits, one each. {@link TokenizerFileWriter} writes the same rules
 * for the tokenizer that services use.
 */
public final class Pretokens {
  /** Stands for the space before a word. */
  public static final char SPACE = '\u2581';

  /** What is written in many ways and means the same: keys become values. */
  static final Map<String, String> REPLACEMENTS = replacements();

  private Pretokens() {}

  /** The pieces of a text, after normalisation. */
  public static List<String> of(String text) {
    List<String> pieces = new ArrayList<>();
    String plain = normalized(text);
    // The mark goes before a text only where it does not begin with one.
    String words = plain.startsWith(" ") ? plain.substring(1) : plain;
    for (String word : words.split(" ", -1)) {
      addPieces(SPACE + word, pieces);
    }
    return pieces;
  }

  private static void addPieces(String word, List<String> pieces) {
    StringBuilder open = new StringBuilder();
    word.codePoints()
        .forEach(
            point -> {
              if (standsAlone(point)) {
                close(open, pieces);
                pieces.add(Character.toString(point));
              } else {
                open.appendCodePoint(point);
              }
            });
    close(open, pieces);
  }

  private static void close(StringBuilder open, List<String> pieces) {
    if (!open.isEmpty()) {
      pieces.add(open.toString());
      open.setLength(0);
    }
  }

  private static String normalized(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    for (Map.Entry<String, String> entry : REPLACEMENTS.entrySet()) {
      plain = plain.replace(entry.getKey(), entry.getValue());
    }
    return plain;
  }

  private static boolean standsAlone(int point) {
    if (point < 128) {
      return point > ' ' && point < 127 && !isAsciiLetter(point);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> false;
    };
  }

  private static boolean isAsciiLetter(int point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
  }

  private static Map<String, String> replacements() {
    Map<String, String> same = new LinkedHashMap<>();
    for (String quote : List.of("\u201e", "\u201c", "\u201d", "\u00ab", "\u00bb")) {
      same.put(quote, "\"");
    }
    for (String apostrophe : List.of("\u2018", "\u2019", "\u201a", "\u00b4", "`")) {
      same.put(apostrophe, "'");
    }
    for (String dash : List.of("\u2010", "\u2011", "\u2013", "\u2014")) {
      same.put(dash, "-");
    }
    for (String space : List.of("\t", "\n", "\r", "\u00a0", "\u202f")) {
      same.put(space, " ");
    }
    return same;
  }
}
