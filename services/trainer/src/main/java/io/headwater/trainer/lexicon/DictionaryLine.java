package io.headwater.trainer.lexicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of a dictionary in the form of Ding (Frank Richter, TU Chemnitz): {@code Leiter {f} |
 * Leitern {pl} :: ladder | ladders}. {@code ::} parts the languages, {@code |} the forms, {@code ;}
 * the expressions that mean the same; remarks are in brackets of all kinds.
 *
 * @param german its left side
 * @param english its right side
 */
record DictionaryLine(String german, String english) {
  /** Of expressions with one meaning, those that are taken: the later, the rarer. */
  private static final int MOST_EXPRESSIONS = 3;

  private static final int MOST_GERMAN_WORDS = 9;
  private static final int MOST_ENGLISH_WORDS = 8;

  private static final Pattern REMARK =
      Pattern.compile("\\{[^}]*\\}|\\[[^\\]]*\\]|\\([^)]*\\)|<[^>]*>|/[^/ ]*/");
  private static final Pattern GENDER = Pattern.compile("\\{(m|f|n|pl)\\}");
  private static final Pattern DOMAIN = Pattern.compile("\\[([a-z]+)\\.?\\]");
  private static final Pattern PLAIN_GERMAN = Pattern.compile("[A-Za-zÄÖÜäöüßéè' ,.!?-]+");
  private static final Pattern PLAIN_ENGLISH = Pattern.compile("[A-Za-z'’ ,.!?-]+");
  private static final Pattern OUTER_MARKS = Pattern.compile("^[ ,]+|[ ,]+$");

  /** Where a remark was taken out before it. */
  private static final Pattern SPACED_MARK = Pattern.compile(" ([,.!?])");

  private static final Map<String, String> IN_FULL =
      Map.of(
          "etw.", "etwas",
          "jdm.", "jemandem",
          "jdn.", "jemanden",
          "jds.", "jemandes",
          "jd.", "jemand",
          "sth.", "something",
          "sb.", "somebody",
          "sb.'s", "somebody's",
          "sb.’s", "somebody's");

  /** The two sides of a line; empty for a comment, and for what is no such line. */
  static Optional<DictionaryLine> parse(String line) {
    int middle = line.indexOf("::");
    return line.startsWith("#") || middle < 0
        ? Optional.empty()
        : Optional.of(new DictionaryLine(line.substring(0, middle), line.substring(middle + 2)));
  }

  /** Fields of knowledge that it names, such as {@code chem}. */
  Set<String> domains() {
    return DOMAIN
        .matcher(german)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  /**
   * What it says, of expressions that are plain words.
   *
   * @param known which English expressions are of use
   */
  List<Sense> senses(Predicate<String> known) {
    String[] germanForms = german.split("\\|", -1);
    String[] englishForms = english.split("\\|", -1);
    List<Sense> senses = new ArrayList<>();
    // Sides with another number of forms do not say which belongs to which.
    for (int i = 0; i < germanForms.length && germanForms.length == englishForms.length; i++) {
      List<String> meanings =
          expressions(englishForms[i])
              .map(DictionaryLine::plain)
              .filter(text -> fits(text, PLAIN_ENGLISH, MOST_ENGLISH_WORDS))
              .filter(known)
              .toList();
      if (!meanings.isEmpty()) {
        expressions(germanForms[i])
            .limit(MOST_EXPRESSIONS)
            .flatMap(text -> sense(text, meanings).stream())
            .forEach(senses::add);
      }
    }
    return senses;
  }

  private static Stream<String> expressions(String form) {
    return Arrays.stream(form.split(";", -1));
  }

  private static Optional<Sense> sense(String expression, List<String> meanings) {
    String text = plain(expression);
    if (!fits(text, PLAIN_GERMAN, MOST_GERMAN_WORDS)) {
      return Optional.empty();
    }
    List<MatchResult> marks = GENDER.matcher(expression).results().toList();
    Optional<Gender> gender =
        marks.size() == 1 && Character.isUpperCase(text.charAt(0))
            ? Gender.of(marks.get(0).group(1))
            : Optional.empty();
    return Optional.of(new Sense(gender, text, meanings));
  }

  private static boolean fits(String text, Pattern letters, int mostWords) {
    return letters.matcher(text).matches() && text.split(" ", -1).length <= mostWords;
  }

  private static String plain(String expression) {
    String words =
        Arrays.stream(REMARK.matcher(expression).replaceAll("").trim().split("\\s+", -1))
            .map(word -> IN_FULL.getOrDefault(word, word))
            .collect(Collectors.joining(" "));
    return OUTER_MARKS.matcher(SPACED_MARK.matcher(words).replaceAll("$1")).replaceAll("");
  }
}
