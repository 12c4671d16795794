package io.headwater.cli.letters;

/**
 * A letter that is to be replayed.
 *
 * @param stored the letter
 * @param record what is sent
 * @param rounds how often the record has been replayed then
 */
record Outgoing(StoredLetter stored, OriginalRecord record, int rounds) {
  LetterAddress address() {
    return stored.address();
  }
}
