package io.headwater.tokenizer.sentence;

import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of one language whose full stop ends no sentence: those of Unicode's locale data
 * (CLDR), a few more, and numbers that count in languages that write them so. Not thread-safe.
 *
 * <p>ICU's own filter for them compares the ends of words: German texts are then not cut after
 * "sicher.", which ends as the abbreviation "r." does. Here a whole word must be one.
 */
final class Abbreviations {
  /** Where CLDR has gaps, in any language. */
  private static final Set<String> TITLES = Set.of("Dr.", "Prof.", "Mr.", "Mrs.", "Ms.", "St.");

  /** Where CLDR has gaps in one. */
  private static final Map<String, Set<String>> MORE =
      Map.of(
          "de", Set.of("bzw.", "ca.", "d.h.", "max.", "min."), "en", Set.of("e.g.", "i.e.", "No."));

  /** Words of CLDR's German list that more often are words and end a sentence. */
  private static final Map<String, Set<String>> WORDS =
      Map.of("de", Set.of("App.", "Art.", "Do.", "Max.", "Port.", "So.", "Test.", "am."));

  /** Languages that write "3." for "third". */
  private static final Set<String> ORDINAL_DOTS =
      Set.of(
          "bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lb", "lv", "nb", "nn", "no", "pl",
          "sk", "sl", "sr", "tr");

  private static final Pattern ORDINAL = Pattern.compile("[0-9]{1,2}\\.");
  private static final int LONGEST = 24;

  private final FilteredBreakIteratorBuilder known;
  private final boolean hasOrdinals;

  Abbreviations(ULocale language) {
    this.known = FilteredBreakIteratorBuilder.getInstance(language);
    TITLES.forEach(known::suppressBreakAfter);
    MORE.getOrDefault(language.getLanguage(), Set.of()).forEach(known::suppressBreakAfter);
    WORDS.getOrDefault(language.getLanguage(), Set.of()).forEach(known::unsuppressBreakAfter);
    this.hasOrdinals = ORDINAL_DOTS.contains(language.getLanguage());
  }

  /** Whether the last word before {@code end}, or the last two, are an abbreviation. */
  boolean endsAt(String text, int start, int end) {
    if (text.charAt(end - 1) != '.') {
      return false;
    }
    int word = wordStart(text, start, end);
    if (isOne(text, word, end)) {
      return true;
    }
    // Such as "z. B." where a line break or a wide space could stand as well.
    int before = word;
    while (before > start && WhiteSpace.is(text.charAt(before - 1))) {
      before--;
    }
    int first = wordStart(text, start, before);
    return first < before
        && end - first <= LONGEST
        && isKnown(text.substring(first, before) + " " + text.substring(word, end));
  }

  private boolean isOne(String text, int word, int end) {
    if (word >= end || end - word > LONGEST) {
      return false;
    }
    String candidate = text.substring(word, end);
    return isKnown(candidate) || (hasOrdinals && ORDINAL.matcher(candidate).matches());
  }

  private static int wordStart(String text, int start, int end) {
    int at = end;
    while (at > start && end - at <= LONGEST && !WhiteSpace.is(text.charAt(at - 1))) {
      at--;
    }
    while (at < end && !Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** ICU's builder has no question for it, but says whether it had what it is to forget. */
  private boolean isKnown(String candidate) {
    return known.unsuppressBreakAfter(candidate) && known.suppressBreakAfter(candidate);
  }
}
