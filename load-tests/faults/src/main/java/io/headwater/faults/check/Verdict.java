package io.headwater.faults.check;

import java.util.List;

/**
 * What became of all messages.
 *
 * @param sent messages sent
 * @param insights records on the topic {@code insights}, doubles and all
 * @param lost messages without any answer
 * @param duplicated insights beyond a message's first, and tokens and scores beyond it
 * @param outOfOrder insights that came after a later one of the same key
 * @param wrongContent insights that differ from what was sent or from what the model says
 * @param deadLetters records on the topic {@code dead-letters}; none is expected
 * @param windowsMissing messages that the windows of an hour do not count, or count twice
 * @param examples a few of the faults, in words
 */
public record Verdict(
    long sent,
    long insights,
    long lost,
    long duplicated,
    long outOfOrder,
    long wrongContent,
    long deadLetters,
    long windowsMissing,
    List<String> examples) {
  public Verdict {
    examples = List.copyOf(examples);
  }

  /** Whether every message had exactly one right answer, in its place. */
  public boolean isClean() {
    return lost == 0
        && duplicated == 0
        && outOfOrder == 0
        && wrongContent == 0
        && deadLetters == 0
        && windowsMissing == 0;
  }
}
