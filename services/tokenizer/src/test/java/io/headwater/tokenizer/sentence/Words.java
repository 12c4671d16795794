package io.headwater.tokenizer.sentence;

import io.headwater.models.text.TokenizedText;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer for tests: words are cut into tokens of four characters, every other character is a
 * token, and white space is none. One Arabic letter becomes eighteen, as under some normalisations.
 */
public final class Words {
  public static final String EIGHTEEN = "\uFDFA";

  private Words() {}

  public static TokenizedText encode(String text) {
    List<int[]> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int end = at + Character.charCount(point);
      if (text.startsWith(EIGHTEEN, at)) {
        for (int i = 0; i < 18; i++) {
          tokens.add(new int[] {1, at, end});
        }
      } else if (Character.isLetterOrDigit(point)) {
        int letters = 1;
        while (letters < 4 && end < text.length() && isWord(text.codePointAt(end))) {
          end += Character.charCount(text.codePointAt(end));
          letters++;
        }
        tokens.add(new int[] {text.substring(at, end).hashCode() & 0xffff, at, end});
      } else if (!Character.isWhitespace(point) && !Character.isSpaceChar(point)) {
        tokens.add(new int[] {point, at, end});
      }
      at = end;
    }
    return new TokenizedText(column(tokens, 0), column(tokens, 1), column(tokens, 2));
  }

  private static boolean isWord(int point) {
    return Character.isLetterOrDigit(point) && point != EIGHTEEN.codePointAt(0);
  }

  private static int[] column(List<int[]> tokens, int column) {
    return tokens.stream().mapToInt(token -> token[column]).toArray();
  }
}
