package io.headwater.trainer.lexicon;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** English nouns in their sentences: which article they take, and where they stand. */
final class EnglishNouns {
  private static final String VOWELS = "aeiou";

  /** Begin with a vowel's letter and another sound, or the other way. */
  private static final Pattern SPOKEN_CONSONANT = Pattern.compile("(uni|use|eu|one|once).*");

  private static final Pattern SPOKEN_VOWEL = Pattern.compile("(hour|honest|honou?r|heir).*");

  private EnglishNouns() {}

  /** The noun with its indefinite article. */
  static String withArticle(String noun) {
    boolean vowel =
        VOWELS.indexOf(noun.charAt(0)) < 0
            ? SPOKEN_VOWEL.matcher(noun).matches()
            : !SPOKEN_CONSONANT.matcher(noun).matches();
    return (vowel ? "an " : "a ") + noun;
  }

  /**
   * A sentence with another noun, and the article that this one takes.
   *
   * @return empty if the noun does not stand in it exactly once
   */
  static Optional<String> replaced(String sentence, String noun, String by) {
    Matcher found =
        Pattern.compile("\\b(?:([Aa])n? )?" + Pattern.quote(noun) + "\\b").matcher(sentence);
    if (!found.find()) {
      return Optional.empty();
    }
    int start = found.start();
    int end = found.end();
    String article = found.group(1);
    if (found.find()) {
      return Optional.empty();
    }
    String phrase = article == null ? by : article + withArticle(by).substring(1);
    return Optional.of(sentence.substring(0, start) + phrase + sentence.substring(end));
  }
}
