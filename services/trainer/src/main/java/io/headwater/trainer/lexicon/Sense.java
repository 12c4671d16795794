package io.headwater.trainer.lexicon;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One German expression of a dictionary's line and what it can be in English.
 *
 * @param gender of a noun that stands alone
 * @param german without the dictionary's remarks
 * @param english in the dictionary's order, without its remarks; at least one
 */
record Sense(Optional<Gender> gender, String german, List<String> english) {
  Sense {
    Objects.requireNonNull(gender, "gender");
    english = List.copyOf(english);
    if (german.isBlank() || english.isEmpty()) {
      throw new IllegalArgumentException("a sense needs words of both languages");
    }
  }
}
