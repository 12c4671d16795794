package io.headwater.cli.letters;

/** Takes the letters that are wanted, one by one, in the order of their addresses. */
interface LetterVisitor {
  /**
   * A letter that could be read.
   *
   * @return false to end here
   */
  boolean letter(StoredLetter letter);

  /** A record of the dead letters' topic that is none. */
  void unreadable(LetterAddress address, String why);
}
