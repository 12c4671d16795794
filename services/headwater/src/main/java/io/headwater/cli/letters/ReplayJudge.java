package io.headwater.cli.letters;

import io.headwater.cli.letters.OriginalRecords.Search;
import java.util.Optional;
import java.util.function.Function;

/** Decides what a replay does with a letter. */
final class ReplayJudge {
  /** A record that has died this often after a replay will die the next time too. */
  static final int DEFAULT_MAX_ROUNDS = 3;

  private final ReplayMarks marks;
  private final Function<StoredLetter, Search> originals;
  private final Places places;
  private final int maxRounds;
  private final boolean again;

  /**
   * A judge.
   *
   * @param again whether what has been replayed is replayed once more
   */
  ReplayJudge(
      ReplayMarks marks,
      Function<StoredLetter, Search> originals,
      Places places,
      int maxRounds,
      boolean again) {
    this.marks = marks;
    this.originals = originals;
    this.places = places;
    this.maxRounds = maxRounds;
    this.again = again;
  }

  /** What is done with a letter. */
  sealed interface Verdict {
    /** It is sent. */
    record Send(Outgoing outgoing) implements Verdict {}

    /** It has been sent before. */
    record Already() implements Verdict {}

    /** It came back too often. */
    record GivenUp(int rounds) implements Verdict {}

    /**
     * It cannot be sent.
     *
     * @param why without a full stop
     */
    record Impossible(String why) implements Verdict {}
  }

  Verdict judge(StoredLetter stored) {
    if (!again && marks.of(stored).isPresent()) {
      return new Verdict.Already();
    }
    Search search = originals.apply(stored);
    if (search instanceof Search.Gone gone) {
      return new Verdict.Impossible(gone.why());
    }
    OriginalRecord record = ((Search.Found) search).record();
    // A letter without the record's bytes lacks its headers, too, and so does not know the rounds.
    int rounds = Math.max(stored.letter().getRounds(), record.rounds());
    if (rounds >= maxRounds) {
      return new Verdict.GivenUp(rounds);
    }
    Optional<String> objection = places.objection(record.topic(), record.partition());
    return objection.isPresent()
        ? new Verdict.Impossible(objection.get())
        : new Verdict.Send(new Outgoing(stored, record, rounds + 1));
  }
}
