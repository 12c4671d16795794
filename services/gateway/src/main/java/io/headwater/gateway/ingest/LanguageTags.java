package io.headwater.gateway.ingest;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** BCP 47 language tags: which are good, and how they are written. */
final class LanguageTags {
  private static final int LONGEST = 35;
  private static final Set<String> TWO_LETTERS = twoLetters();

  private LanguageTags() {}

  /** The tag in its usual writing ({@code EN-us} is {@code en-US}); empty when it is no tag. */
  static Optional<String> canonical(String tag) {
    if (tag.isBlank() || tag.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      return isLanguage(locale.getLanguage(), tag)
          ? Optional.of(locale.toLanguageTag())
          : Optional.empty();
    } catch (IllformedLocaleException e) {
      return Optional.empty();
    }
  }

  /**
   * Well-formed is not enough: {@code english} is, and names no language. Two letters must be in
   * ISO 639-1; three are taken as they are; the registry has no longer ones.
   */
  private static boolean isLanguage(String language, String tag) {
    return switch (language.length()) {
      case 0 -> tag.equalsIgnoreCase("und");
      case 2 -> TWO_LETTERS.contains(language);
      case 3 -> true;
      default -> false;
    };
  }

  private static Set<String> twoLetters() {
    Set<String> codes = new TreeSet<>(Arrays.asList(Locale.getISOLanguages()));
    // Java has changed its mind about these three: both writings are in use.
    codes.addAll(Set.of("iw", "he", "in", "id", "ji", "yi"));
    return Set.copyOf(codes);
  }
}
