package io.headwater.cli.letters;

/** What has become of a letter. */
enum LetterStatus {
  /** Nobody has sent it back yet. */
  NEW("new"),
  /** It has been sent back; should it have died again, that is another letter. */
  REPLAYED("replayed"),
  /** Its record has come back as a letter so often that a replay leaves it alone. */
  GIVEN_UP("given up");

  private final String words;

  LetterStatus(String words) {
    this.words = words;
  }

  static LetterStatus of(StoredLetter letter, ReplayMarks marks) {
    if (marks.of(letter).isPresent()) {
      return REPLAYED;
    }
    return letter.letter().getRounds() >= ReplayJudge.DEFAULT_MAX_ROUNDS ? GIVEN_UP : NEW;
  }

  /** The status for people. */
  String words() {
    return words;
  }
}
