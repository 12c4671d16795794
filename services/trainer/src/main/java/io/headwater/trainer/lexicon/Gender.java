package io.headwater.trainer.lexicon;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a German noun is, and with it the articles that it can have. */
public enum Gender {
  /** {@code der}. */
  MASCULINE("m"),
  /** {@code die}. */
  FEMININE("f"),
  /** {@code das}. */
  NEUTER("n"),
  /** {@code die}, for several. */
  PLURAL("pl");

  private final String mark;

  Gender(String mark) {
    this.mark = mark;
  }

  /** The gender of a dictionary's mark, such as {@code f}. */
  static Optional<Gender> of(String mark) {
    return Arrays.stream(values()).filter(gender -> gender.mark.equals(mark)).findAny();
  }

  /**
   * Articles that may stand before the noun, as {@code German English}; empty for none. Genitives
   * are not there: they change the noun.
   */
  List<String> articles() {
    return switch (this) {
      case MASCULINE -> List.of("der the", "den the", "dem the", "ein a", "einen a", "einem a");
      case FEMININE -> List.of("die the", "der the", "eine a", "einer a");
      case NEUTER -> List.of("das the", "dem the", "ein a", "einem a");
      case PLURAL -> List.of("die the", "");
    };
  }
}
