package io.headwater.models;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A direction in which a model translates. Both codes are BCP 47, in their shortest form: {@code
 * de}, not {@code deu}; {@code zh-Hant} where the script matters.
 *
 * @param from the language that is read
 * @param to the language that is written
 */
public record LanguagePair(
    @JsonProperty(required = true) String from, @JsonProperty(required = true) String to) {

  /** Shortens the codes; refuses what is no code, and a language into itself. */
  public LanguagePair {
    from = code("from", from);
    to = code("to", to);
    if (from.equals(to)) {
      throw new IllegalArgumentException("a pair translates " + from + " into itself");
    }
  }

  private static String code(String name, String code) {
    if (!LanguageCodes.isTag(code)) {
      throw new IllegalArgumentException(
          "a pair's \"" + name + "\" is \"" + code + "\"; write a code such as \"de\"");
    }
    return LanguageCodes.shortest(code);
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
