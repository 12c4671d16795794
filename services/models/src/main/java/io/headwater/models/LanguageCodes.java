package io.headwater.models;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings the names that models give to languages into BCP 47, in its shortest form. */
final class LanguageCodes {

  private static final Pattern TAG = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");

  /** ISO 639-3 to ISO 639-1, as the platform has it. */
  private static final Map<String, String> SHORT = shortCodes();

  /**
   * The one language of a larger one that models mean when they name it, such as Iranian Persian.
   */
  private static final Map<String, String> INDIVIDUAL =
      Map.ofEntries(
          Map.entry("als", "sq"),
          Map.entry("arb", "ar"),
          Map.entry("ayr", "ay"),
          Map.entry("azj", "az"),
          Map.entry("cmn", "zh"),
          Map.entry("ekk", "et"),
          Map.entry("fuv", "ff"),
          Map.entry("gaz", "om"),
          Map.entry("gug", "gn"),
          Map.entry("khk", "mn"),
          Map.entry("kmr", "ku"),
          Map.entry("knc", "kr"),
          Map.entry("lvs", "lv"),
          Map.entry("npi", "ne"),
          Map.entry("ory", "or"),
          Map.entry("pbt", "ps"),
          Map.entry("pes", "fa"),
          Map.entry("plt", "mg"),
          Map.entry("quy", "qu"),
          Map.entry("swh", "sw"),
          Map.entry("uzn", "uz"),
          Map.entry("ydd", "yi"),
          Map.entry("zsm", "ms"));

  /** Families of languages, which some models are named after. */
  private static final Set<String> FAMILIES =
      Set.of(
          ("aav afa alv art bat bnt cau ccs cel cpf cpp crp cus dra euq fiu gem gmq gmw iir inc ine"
                  + " itc map mkh mul nic phi poz pqe roa sal sem sit sla tai taw trk tut und urj"
                  + " zle zls zlw")
              .split(" "));

  private LanguageCodes() {}

  /** Whether a text has the form of a code of ours. */
  static boolean isTag(String code) {
    return TAG.matcher(code).matches();
  }

  /** The shortest code of the same language: {@code de} for {@code deu}; others as they are. */
  static String shortest(String code) {
    int dash = code.indexOf('-');
    String language = dash < 0 ? code : code.substring(0, dash);
    String known = INDIVIDUAL.getOrDefault(language, SHORT.getOrDefault(language, language));
    return dash < 0 ? known : known + code.substring(dash);
  }

  /** The language of a code without its script or region. */
  static String languageOf(String code) {
    int dash = code.indexOf('-');
    return dash < 0 ? code : code.substring(0, dash);
  }

  /** The shortest code of one language; empty for a family of languages or no language at all. */
  static Optional<String> single(String name) {
    boolean known =
        name.length() == 2
            ? SHORT.containsValue(name)
            : name.matches("[a-z]{3}") && !FAMILIES.contains(name);
    return known ? Optional.of(shortest(name)) : Optional.empty();
  }

  /**
   * Names for languages that a model tells apart by their script, too. A language in one script
   * needs no mention of it; of several scripts, one also goes by the language alone.
   *
   * @param scripts scripts by language (ISO 639-3), such as {@code zho} with {@code Hans} and
   *     {@code Hant}
   * @return language and script, joined by an underscore, by BCP 47 code
   */
  static Map<String, String> withScripts(Map<String, List<String>> scripts) {
    Map<String, String> named = new TreeMap<>();
    scripts.forEach(
        (language, written) -> {
          String code = shortest(language);
          for (String script : written) {
            if (written.size() > 1) {
              named.putIfAbsent(code + "-" + script, language + "_" + script);
            }
          }
          named.putIfAbsent(code, language + "_" + usual(written));
        });
    return Collections.unmodifiableMap(named);
  }

  private static String usual(List<String> scripts) {
    return List.of("Hans", "Latn").stream()
        .filter(scripts::contains)
        .findFirst()
        .orElse(Collections.min(scripts));
  }

  private static Map<String, String> shortCodes() {
    return Arrays.stream(Locale.getISOLanguages())
        .filter(code -> !threeLetters(code).isEmpty())
        // Codes that were replaced long ago come with the same three letters as their successors.
        .filter(code -> !Set.of("in", "iw", "ji", "mo", "sh").contains(code))
        .collect(Collectors.toMap(LanguageCodes::threeLetters, code -> code, (one, two) -> one));
  }

  private static String threeLetters(String code) {
    try {
      return Locale.forLanguageTag(code).getISO3Language();
    } catch (MissingResourceException e) {
      return "";
    }
  }
}
