package io.headwater.trainer.lexicon;

import java.util.Objects;
import java.util.Optional;

/**
 * A German expression with the one English expression that was chosen for it.
 *
 * @param gender of a noun that stands alone
 */
record Entry(Optional<Gender> gender, String german, String english) {
  Entry {
    Objects.requireNonNull(gender, "gender");
    Objects.requireNonNull(german, "german");
    Objects.requireNonNull(english, "english");
  }

  /** Whether it is one German noun, and its English no name. */
  boolean commonNoun() {
    return gender.isPresent()
        && german.indexOf(' ') < 0
        && Character.isLowerCase(english.charAt(0));
  }
}
