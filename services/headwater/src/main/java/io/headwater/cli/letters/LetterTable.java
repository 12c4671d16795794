package io.headwater.cli.letters;

import io.headwater.cli.ingest.output.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under headings, each column as wide as it must be, and the last cut to the terminal. */
final class LetterTable {
  private static final String GAP = "  ";
  private static final int LEAST_DETAIL = 24;

  /** Columns of numbers: those end where the column ends. */
  private static final List<Integer> RIGHT =
      List.of(LetterRow.HEADINGS.indexOf("rounds"), LetterRow.HEADINGS.indexOf("size"));

  private LetterTable() {}

  /**
   * The table's lines.
   *
   * @param width of the terminal; {@code Integer.MAX_VALUE} to cut nothing
   */
  static List<String> lines(List<LetterRow> rows, int width) {
    int columns = LetterRow.HEADINGS.size() - 1;
    int[] widths = new int[columns];
    int used = 0;
    for (int i = 0; i < columns; i++) {
      int column = i;
      widths[i] =
          rows.stream()
              .mapToInt(row -> width(row.cells().get(column)))
              .reduce(width(LetterRow.HEADINGS.get(i)), Math::max);
      used += widths[i] + GAP.length();
    }
    int room = width == Integer.MAX_VALUE ? width : Math.max(LEAST_DETAIL, width - used);
    List<String> lines = new ArrayList<>();
    lines.add(
        line(LetterRow.HEADINGS.subList(0, columns), widths) + LetterRow.HEADINGS.get(columns));
    rows.stream()
        .map(row -> line(row.cells(), widths) + cut(row.detail(), room))
        .forEach(lines::add);
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String space = " ".repeat(widths[i] - width(cell));
      padded.add(RIGHT.contains(i) ? space + cell : cell + space);
    }
    return padded.stream().collect(Collectors.joining(GAP, "", GAP));
  }

  private static String cut(String detail, int room) {
    return room == Integer.MAX_VALUE ? detail : TerminalText.harmless(detail, room);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
