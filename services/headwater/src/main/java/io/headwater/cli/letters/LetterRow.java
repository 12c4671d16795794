package io.headwater.cli.letters;

import io.headwater.cli.ingest.output.TerminalText;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A letter as a row of the list, without the record's bytes: many may be held.
 *
 * @param cells all but the detail, harmless for a terminal
 */
record LetterRow(long time, LetterAddress address, List<String> cells, String detail) {
  /** The order of the list: by time, then by address. */
  static final Comparator<LetterRow> ORDER =
      Comparator.comparingLong(LetterRow::time).thenComparing(LetterRow::address);

  /** The names of the columns. */
  static final List<String> HEADINGS =
      List.of("address", "time", "stage", "cause", "origin", "rounds", "status", "size", "detail");

  private static final int MOST_DETAIL = 500;

  LetterRow {
    cells = List.copyOf(cells);
  }

  static LetterRow of(StoredLetter stored, LetterStatus status) {
    var letter = stored.letter();
    return new LetterRow(
        letter.getTimestamp().toEpochMilli(),
        stored.address(),
        List.of(
            stored.address().toString(),
            letter.getTimestamp().truncatedTo(ChronoUnit.SECONDS).toString(),
            TerminalText.harmless(letter.getStage()),
            TerminalText.harmless(letter.getCause()),
            TerminalText.harmless(stored.origin()),
            Integer.toString(letter.getRounds()),
            status.words(),
            size(stored)),
        TerminalText.harmless(letter.getDetail(), MOST_DETAIL));
  }

  private static String size(StoredLetter stored) {
    var value = stored.letter().getValue();
    if (value == null) {
      return stored.keepsRecord() ? "null" : "not kept";
    }
    return size(value.remaining());
  }

  /** Bytes in the unit that suits them. */
  static String size(long bytes) {
    if (bytes < 1_024) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1_024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }
}
