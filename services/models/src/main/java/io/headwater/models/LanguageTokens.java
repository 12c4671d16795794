package io.headwater.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tokens by which a model of many languages is told which one it reads or writes: {@code
 * __de__} (M2M100), {@code deu_Latn} (NLLB), {@code de_DE} (mBART).
 */
final class LanguageTokens {

  private static final Pattern M2M = Pattern.compile("__([a-z]{2,3})__");
  private static final Pattern NLLB = Pattern.compile("([a-z]{3})_([A-Z][a-z]{3})");
  private static final Pattern MBART = Pattern.compile("([a-z]{2})_[A-Z]{2}");

  private final Map<String, Integer> plain = new TreeMap<>();
  private final Map<String, Integer> scripted = new TreeMap<>();
  private final Map<String, List<String>> scripts = new TreeMap<>();
  private final Map<String, Integer> regional = new TreeMap<>();

  /**
   * Looks at one token.
   *
   * @param added whether the tokenizer lists it apart from what it learned
   */
  void see(String token, int id, boolean added) {
    Matcher m2m = M2M.matcher(token);
    Matcher nllb = NLLB.matcher(token);
    Matcher mbart = MBART.matcher(token);
    if (m2m.matches()) {
      plain.put(LanguageCodes.shortest(m2m.group(1)), id);
    } else if (nllb.matches()) {
      if (scripted.put(token, id) == null) {
        scripts.computeIfAbsent(nllb.group(1), key -> new ArrayList<>()).add(nllb.group(2));
      }
    } else if (added && mbart.matches()) {
      regional.put(mbart.group(1), id);
    }
  }

  /** Token ids by BCP 47 code, sorted; none if the tokenizer does not tell languages apart. */
  Map<String, Integer> byLanguage() {
    for (Map<String, Integer> found : List.of(plain, byScript(), regional)) {
      if (found.size() > 1) {
        return Collections.unmodifiableMap(found);
      }
    }
    return Map.of();
  }

  private Map<String, Integer> byScript() {
    Map<String, Integer> found = new TreeMap<>();
    LanguageCodes.withScripts(scripts)
        .forEach((code, token) -> found.put(code, scripted.getOrDefault(token, -1)));
    return found;
  }
}
