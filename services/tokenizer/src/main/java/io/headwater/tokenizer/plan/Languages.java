package io.headwater.tokenizer.plan;

import com.ibm.icu.util.ULocale;
import io.headwater.tokenizer.language.LanguageDetector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the language tags of others. */
public final class Languages {
  private static final Set<String> KNOWN = Set.of(ULocale.getISOLanguages());
  private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");

  private Languages() {}

  /** The language that a tag names in its shortest code; empty where it names none there is. */
  public static Optional<String> primary(@Nullable String tag) {
    return named(tag).map(ULocale::getLanguage);
  }

  /**
   * What a model may call the language that a tag names, the most exact first: {@code zh-Hant-TW},
   * {@code zh-Hant}, {@code zh-TW}, {@code zh}. None where it names no language there is.
   */
  static List<String> names(@Nullable String tag) {
    return named(tag)
        .map(
            locale -> {
              String language = locale.getLanguage();
              return Stream.of(
                      language + part(locale.getScript()) + part(locale.getCountry()),
                      language + part(locale.getScript()),
                      language + part(locale.getCountry()),
                      language)
                  .distinct()
                  .toList();
            })
        .orElse(List.of());
  }

  private static String part(String subtag) {
    return subtag.isEmpty() ? "" : "-" + subtag;
  }

  /** A code as this service writes them, or {@code und} for what somebody else wrote. */
  static String ours(String language) {
    return CODE.matcher(language).matches()
        ? language
        : primary(language).orElse(LanguageDetector.UNDETERMINED);
  }

  private static Optional<ULocale> named(@Nullable String tag) {
    return Optional.ofNullable(tag)
        .map(given -> ULocale.forLanguageTag(given.strip().replace('_', '-')))
        .map(ULocale::createCanonical)
        .filter(locale -> KNOWN.contains(locale.getLanguage()));
  }
}
