package io.headwater.trainer.translation.quality;

import java.util.List;

/** Texts whose scores sacreBLEU 2.6.0 gave. */
final class Corpus {

  /** The example of sacreBLEU's own tests, with two references each. */
  static final List<String> DOGS =
      List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");

  static final List<List<String>> DOG_REFERENCES =
      List.of(
          List.of("The dog bit the man.", "The dog had bit the man."),
          List.of("It was not unexpected.", "No one was surprised."),
          List.of("The man bit him first.", "The man had bitten the dog."));

  static final List<String> HYPOTHESES =
      List.of(
          "The food was cold, and the waiter unfriendly.",
          "Prices rose by 1,5 % (or 3.5-4.0 points) in 2025-26; so what?",
          "He said: \"I don't know...\" & left -- quickly!",
          "A&amp;B isn't well-known.",
          "Tom isn't here.",
          "Ça va bien, merci 😀!",
          "");

  static final List<String> REFERENCES =
      List.of(
          "The meal was cold and the waiter was unfriendly.",
          "Prices went up by 1.5% (3.5-4.0 points) in 2025-26: so what?",
          "He said, \"I do not know...\" and left quickly!",
          "A & B isn't well known.",
          "Tom is not here.",
          "Ça va très bien, merci 😀!",
          "Nothing.");

  private Corpus() {}
}
