package io.headwater.tokenizer.sentence;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a text into sentences by the rules of Unicode (Standard Annex 29) with the abbreviations of
 * the language; the end of a line ends a sentence too. White space between sentences belongs to
 * none. Not thread-safe: ICU's iterators are not.
 */
public final class SentenceCutter {
  private final Map<String, Rules> rules = new HashMap<>();

  private record Rules(BreakIterator breaks, Abbreviations abbreviations) {
    static Rules of(String language) {
      ULocale locale = ULocale.forLanguageTag(language);
      return new Rules(BreakIterator.getSentenceInstance(locale), new Abbreviations(locale));
    }
  }

  /**
   * The sentences of a text, in its order.
   *
   * @param language BCP 47; rules of each language that was asked for are kept, so it must be one
   *     of a few
   */
  public List<Span> cut(String text, String language) {
    Rules known = rules.computeIfAbsent(language, Rules::of);
    BreakIterator breaks = known.breaks();
    breaks.setText(text);
    List<Span> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (end < text.length() && isInside(text, start, end, known.abbreviations())) {
        continue;
      }
      WhiteSpace.stripped(text, start, end).ifPresent(sentences::add);
      start = end;
    }
    // A text of a million sentences is not kept until the next one.
    breaks.setText("");
    return sentences;
  }

  /**
   * Whether the sentence goes on beyond a break: an abbreviation stands there, on the same line.
   */
  private static boolean isInside(String text, int start, int end, Abbreviations abbreviations) {
    int last = end;
    while (last > start && WhiteSpace.is(text.charAt(last - 1))) {
      if (isLineEnd(text.charAt(last - 1))) {
        return false;
      }
      last--;
    }
    return last > start && abbreviations.endsAt(text, start, last);
  }

  private static boolean isLineEnd(char unit) {
    return unit == '\n' || unit == '\r' || unit == '\u0085' || unit == '\u2028' || unit == '\u2029';
  }
}
