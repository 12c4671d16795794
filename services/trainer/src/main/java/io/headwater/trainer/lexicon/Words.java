package io.headwater.trainer.lexicon;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a text, as they are counted here: not the tokens of a model. */
final class Words {
  private static final Pattern GERMAN = Pattern.compile("[A-Za-zÄÖÜäöüßéè'-]+");
  private static final Pattern ENGLISH = Pattern.compile("[a-zA-Z'’-]+");

  private Words() {}

  /** In the order and case of the text. */
  static List<String> german(String text) {
    return GERMAN.matcher(text).results().map(MatchResult::group).toList();
  }

  /** In the order of the text, in lower case. */
  static List<String> english(String text) {
    return ENGLISH
        .matcher(text)
        .results()
        .map(match -> match.group().toLowerCase(Locale.ROOT))
        .toList();
  }
}
