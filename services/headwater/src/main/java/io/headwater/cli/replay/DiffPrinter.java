package io.headwater.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.cli.ingest.output.TerminalText;
import io.headwater.cli.replay.result.Difference;
import io.headwater.cli.replay.result.InsightSummary.Join;
import io.headwater.cli.replay.result.Move;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a difference down, for people or as JSON.
 *
 * @param a name of the first run
 * @param b name of the second
 * @param join how messages were matched
 * @param unreadable records that are no insights
 * @param outOfRange live insights of other messages
 * @param withText whether texts are shown
 */
record DiffPrinter(
    String a, String b, Join join, long unreadable, long outOfRange, boolean withText) {
  private static final int ID_WIDTH = 36;
  private static final int TEXT_WIDTH = 80;

  /** One JSON object. */
  void printJson(Difference difference, PrintWriter out) {
    Difference.Counts counts = difference.counts();
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("a", a).put("b", b);
    json.put("matchedBy", join == Join.ORIGIN ? "origin" : "messageId");
    json.put("inBoth", counts.inBoth());
    json.put("onlyInA", counts.onlyInA()).put("onlyInB", counts.onlyInB());
    json.put("repeatedInA", counts.repeatedInA()).put("repeatedInB", counts.repeatedInB());
    json.put("unreadable", unreadable).put("outOfRange", outOfRange);
    json.put("sameBytes", difference.sameBytes()).put("sameContent", difference.sameContent());
    json.put("labelsChanged", counts.labelsChanged());
    json.put("shareChanged", counts.shareChanged());
    json.put("translationsChanged", difference.translationsChanged());
    ObjectNode labels = json.putObject("labels");
    difference
        .labels()
        .forEach(
            (from, row) -> {
              ObjectNode to = labels.putObject(from);
              row.forEach(to::put);
            });
    ObjectNode moves = json.putObject("polarity");
    moves.put("compared", difference.moves().compared());
    moves.put("meanMove", difference.moves().mean());
    moves.put("meanAbsoluteMove", difference.moves().meanAbsolute());
    ArrayNode largest = moves.putArray("largest");
    for (Move move : difference.moves().largest()) {
      ObjectNode item = largest.addObject();
      item.put("messageId", move.messageId()).put("origin", move.origin());
      item.put("labelA", move.labelA()).put("labelB", move.labelB());
      item.put("polarityA", move.polarityA()).put("polarityB", move.polarityB());
      item.put("move", move.distance());
      if (withText) {
        item.put("text", move.text());
      }
    }
    out.println(json);
    out.flush();
  }

  /** A table. */
  void print(Difference difference, PrintWriter out) {
    lines(difference).forEach(out::println);
    out.flush();
  }

  private List<String> lines(Difference difference) {
    Difference.Counts counts = difference.counts();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s (A) against %s (B), matched by %s"
            .formatted(a, b, join == Join.ORIGIN ? "place in the topic" : "message id"));
    lines.add("");
    count(lines, "in both", counts.inBoth());
    count(lines, "only in A", counts.onlyInA());
    count(lines, "only in B", counts.onlyInB());
    countIfAny(lines, "repeated in A, left out", counts.repeatedInA());
    countIfAny(lines, "repeated in B, left out", counts.repeatedInB());
    countIfAny(lines, "unreadable, left out", unreadable);
    countIfAny(lines, "live but out of range", outOfRange);
    count(lines, "same bytes", difference.sameBytes());
    if (join == Join.MESSAGE_ID) {
      count(lines, "same content", difference.sameContent());
    }
    countIfAny(lines, "translations changed", difference.translationsChanged());
    lines.add(
        String.format(
            Locale.ROOT,
            "%-24s %,12d  %.2f %%",
            "labels changed",
            counts.labelsChanged(),
            100 * counts.shareChanged()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%-24s %12.4f  mean %+.4f, of %,d with sentiment in both",
            "mean absolute move",
            difference.moves().meanAbsolute(),
            difference.moves().mean(),
            difference.moves().compared()));
    matrix(lines, difference.labels());
    moves(lines, difference.moves().largest());
    return lines;
  }

  private static void matrix(List<String> lines, Map<String, Map<String, Long>> labels) {
    Set<String> columns = new TreeSet<>();
    labels.values().forEach(row -> columns.addAll(row.keySet()));
    if (columns.isEmpty()) {
      return;
    }
    lines.add("");
    StringBuilder head = new StringBuilder("%-12s".formatted("A \\ B"));
    columns.forEach(column -> head.append(" %12s".formatted(TerminalText.harmless(column, 12))));
    lines.add(head.toString());
    labels.forEach(
        (label, row) -> {
          StringBuilder line =
              new StringBuilder("%-12s".formatted(TerminalText.harmless(label, 12)));
          columns.forEach(
              column ->
                  line.append(String.format(Locale.ROOT, " %,12d", row.getOrDefault(column, 0L))));
          lines.add(line.toString());
        });
  }

  private void moves(List<String> lines, List<Move> largest) {
    if (largest.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("largest moves");
    for (Move move : largest) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%+7.4f  %+7.4f → %+7.4f  %-9s → %-9s  %s%s",
              move.distance(),
              move.polarityA(),
              move.polarityB(),
              TerminalText.harmless(move.labelA(), 9),
              TerminalText.harmless(move.labelB(), 9),
              TerminalText.harmless(move.messageId(), ID_WIDTH),
              withText ? "  " + TerminalText.harmless(move.text(), TEXT_WIDTH) : ""));
    }
  }

  private static void count(List<String> lines, String name, long count) {
    lines.add(String.format(Locale.ROOT, "%-24s %,12d", name, count));
  }

  private static void countIfAny(List<String> lines, String name, long count) {
    if (count > 0) {
      count(lines, name, count);
    }
  }
}
