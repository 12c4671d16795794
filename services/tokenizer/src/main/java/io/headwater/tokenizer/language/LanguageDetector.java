package io.headwater.tokenizer.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Tells the language of a text with OpenNLP's model (103 languages, character n-grams). Short texts
 * are hard, so among the languages of the Latin script only the expected ones are considered,
 * unless the model is sure of another. Not thread-safe; {@link #copy} gives another thread its own.
 *
 * <p>Measured on short sentences and tweets in English, German, French and Spanish: see
 * docs/architecture.md.
 */
public final class LanguageDetector {
  /** The BCP 47 code for a language that cannot be told. */
  public static final String UNDETERMINED = "und";

  /** Above this probability another language than the expected ones is believed. */
  private static final double SURE = 0.5;

  /** Fewer letters tell little: "Fine." is English, French and Italian. */
  private static final int FEW_LETTERS = 10;

  /** With few letters, how much more probable than the next a language must be. */
  private static final double MARGIN = 1.04;

  /** Letters of a text that are looked at; a language shows itself early. */
  private static final int ENOUGH = 2_000;

  private static final Pattern NOISE = Pattern.compile("https?://\\S+|[@#]\\w+");
  private static final Map<String, String> TWO_LETTERS = twoLetters();

  private final LanguageDetectorModel model;
  private final LanguageDetectorME detector;
  private final Set<String> expected;

  private LanguageDetector(LanguageDetectorModel model, Set<String> expected) {
    this.model = model;
    this.detector = new LanguageDetectorME(model);
    this.expected = Set.copyOf(expected);
  }

  /**
   * Loads the model, which is on the class path.
   *
   * @param expected BCP 47 codes of the languages that messages are expected to be in
   */
  public static LanguageDetector load(List<String> expected) {
    try (InputStream bytes = LanguageDetector.class.getResourceAsStream("/langdetect-183.bin")) {
      if (bytes == null) {
        throw new IllegalStateException("The language detection model is not on the class path");
      }
      return new LanguageDetector(new LanguageDetectorModel(bytes), Set.copyOf(expected));
    } catch (IOException e) {
      throw new UncheckedIOException("The language detection model cannot be read", e);
    }
  }

  /** Another detector over the same model. */
  public LanguageDetector copy() {
    return new LanguageDetector(model, expected);
  }

  /**
   * The BCP 47 code of the text's language, or {@value #UNDETERMINED} where it has no letters, or
   * too few to tell.
   */
  public String detect(String text) {
    String head = text.length() > ENOUGH ? text.substring(0, ENOUGH) : text;
    String words = NOISE.matcher(head).replaceAll(" ");
    if (words.codePoints().noneMatch(Character::isLetter)) {
      return UNDETERMINED;
    }
    Language[] ranked = detector.predictLanguages(words);
    if (ranked.length == 0) {
      return UNDETERMINED;
    }
    if (ranked[0].getConfidence() > SURE || !isMostlyLatin(words)) {
      return code(ranked[0]);
    }
    List<Language> candidates =
        Arrays.stream(ranked).filter(language -> expected.contains(code(language))).toList();
    if (candidates.isEmpty()) {
      return code(ranked[0]);
    }
    boolean hasFewLetters = words.codePoints().filter(Character::isLetter).count() < FEW_LETTERS;
    return hasFewLetters && isClose(candidates) ? UNDETERMINED : code(candidates.get(0));
  }

  private static boolean isClose(List<Language> ranked) {
    return ranked.size() > 1
        && ranked.get(0).getConfidence() < MARGIN * ranked.get(1).getConfidence();
  }

  private static boolean isMostlyLatin(String words) {
    long letters = words.codePoints().filter(Character::isLetter).count();
    long latin =
        words
            .codePoints()
            .filter(Character::isLetter)
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
            .count();
    return latin * 2 >= letters;
  }

  private static String code(Language language) {
    return TWO_LETTERS.getOrDefault(language.getLang(), language.getLang());
  }

  /** BCP 47 wants the two-letter code where there is one; OpenNLP speaks ISO 639-3. */
  private static Map<String, String> twoLetters() {
    Map<String, String> codes = new HashMap<>();
    for (String two : Locale.getISOLanguages()) {
      codes.put(Locale.forLanguageTag(two).getISO3Language(), two);
    }
    codes.put("cmn", "zh");
    return Map.copyOf(codes);
  }
}
