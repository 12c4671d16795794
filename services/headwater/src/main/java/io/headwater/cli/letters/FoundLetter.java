package io.headwater.cli.letters;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the one letter that is looked for, and why there is none where it cannot be read. */
final class FoundLetter implements LetterVisitor {
  private @Nullable StoredLetter letter;
  private @Nullable String fault;

  @Override
  public boolean letter(StoredLetter found) {
    letter = found;
    return false;
  }

  @Override
  public void unreadable(LetterAddress address, String why) {
    fault = "%s is not a dead letter: %s".formatted(address, why);
  }

  Optional<StoredLetter> letter() {
    return Optional.ofNullable(letter);
  }

  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }
}
