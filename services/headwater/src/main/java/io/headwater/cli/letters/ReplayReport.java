package io.headwater.cli.letters;

import io.headwater.cli.ingest.output.TerminalText;
import java.io.PrintWriter;

/** Tells what becomes of the letters of a replay, and counts. */
final class ReplayReport {
  /** Lines about letters that stay where they are; those beyond are only counted. */
  static final int MOST_LINES = 20;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean dryRun;
  private long replayed;
  private long already;
  private long givenUp;
  private long impossible;
  private long lines;

  /**
   * A report.
   *
   * @param out gets the sum
   * @param err gets a line for each letter that cannot be replayed
   */
  ReplayReport(PrintWriter out, PrintWriter err, boolean dryRun) {
    this.out = out;
    this.err = err;
    this.dryRun = dryRun;
  }

  void replayed(Outgoing letter) {
    replayed++;
    if (dryRun) {
      out.println(
          "%s would go to %s-%d, round %d  (%s %s)"
              .formatted(
                  letter.address(),
                  TerminalText.harmless(letter.record().topic()),
                  letter.record().partition(),
                  letter.rounds(),
                  TerminalText.harmless(letter.stored().letter().getStage()),
                  TerminalText.harmless(letter.stored().letter().getCause())));
    }
  }

  void already() {
    already++;
  }

  void givenUp(LetterAddress address, int rounds) {
    givenUp++;
    line("%s is given up: it has been replayed %d times already".formatted(address, rounds));
  }

  void impossible(LetterAddress address, String why) {
    impossible++;
    line("%s cannot be replayed: %s".formatted(address, why));
  }

  private void line(String line) {
    if (++lines <= MOST_LINES) {
      err.println(TerminalText.harmless(line));
    } else if (lines == MOST_LINES + 1) {
      err.println("... and more like these; they are counted below");
    }
    err.flush();
  }

  /** Prints the sum. */
  void sum() {
    out.println(
        "%s%d %s, %d skipped (already replayed), %d given up, %d impossible"
            .formatted(
                dryRun ? "dry run, nothing was sent: " : "",
                replayed,
                dryRun ? "would be replayed" : "replayed",
                already,
                givenUp,
                impossible));
    out.flush();
  }

  /** Whether every letter could be dealt with. */
  boolean isClean() {
    return impossible == 0;
  }
}
