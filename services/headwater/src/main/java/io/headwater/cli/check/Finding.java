package io.headwater.cli.check;

import static java.util.Objects.requireNonNull;

/**
 * What a check of the set-up found.
 *
 * @param state how it is
 * @param subject what was looked at
 * @param detail what was found, and what to do where something is wrong
 */
record Finding(State state, String subject, String detail) {
  Finding {
    requireNonNull(state, "state");
    requireNonNull(subject, "subject");
    requireNonNull(detail, "detail");
  }

  /** How a thing is. */
  enum State {
    /** As it should be. */
    OK("ok  "),
    /** Not there, and nothing needs it now. */
    NOTE("note"),
    /** Must be mended. */
    BAD("BAD ");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  static Finding ok(String subject, String detail) {
    return new Finding(State.OK, subject, detail);
  }

  static Finding note(String subject, String detail) {
    return new Finding(State.NOTE, subject, detail);
  }

  static Finding bad(String subject, String detail) {
    return new Finding(State.BAD, subject, detail);
  }

  String line() {
    return "%s  %-11s %s".formatted(state.word, subject, detail);
  }
}
