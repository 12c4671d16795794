package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;
import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.Stretch;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a long run shows.
 *
 * @param before the model alone, before
 * @param after and after
 * @param stretches three or more, of one length
 */
record SoakSection(BoundResult before, BoundResult after, List<Stretch> stretches) {
  /** Of these, thirds can be compared. */
  static final int LEAST = 3;

  private static final double MIB = 1024 * 1024;
  private static final String SCORER = "scorer";

  SoakSection {
    stretches = List.copyOf(stretches);
    if (stretches.size() < LEAST) {
      throw new IllegalArgumentException("three stretches are needed, to compare thirds");
    }
  }

  /** One stretch, while the run goes on. */
  static String line(Stretch stretch) {
    return String.format(
        Locale.ROOT,
        "minute %4.1f  %.1f messages/s, %.1f CPU s/1,000 messages, scorer %.0f MiB",
        stretch.seconds() / 60,
        stretch.steady().messagesPerSecond(),
        stretch.steady().cpuSecondsPerThousand(),
        scorer(stretch));
  }

  void write(Report report) {
    List<Stretch> last = third(2);
    report.row(
        Row.atLeast(
            "settled throughput / bound", 0.85, tokenRate(last) / boundRate(), "the last third"));
    report.row(
        Row.atMost(
            "settled CPU outside ONNX Runtime / total", 0.12, outsideShare(last), "", "the same"));
    report.row(
        Row.atMost(
            "scorer memory beyond the model's, at most",
            256,
            mostBesideModel(),
            " MiB",
            "resident, less the %s MiB that the model adds to a JVM"
                .formatted(Math.round(before.modelBytes() / MIB))));
    report.row(
        Row.atMost(
            "its growth, last third against the middle one",
            8,
            growth(),
            " MiB",
            "the means of both"));
    report.table(table());
    report.number("soak", stretches.stream().map(SoakSection::json).toList());
    report.number("bound", Map.of("before", before, "after", after));
  }

  /** Resident memory of the scorer that is not the model's, in MiB, at the worst moment. */
  double mostBesideModel() {
    return stretches.stream().mapToDouble(SoakSection::scorer).max().orElse(Double.NaN)
        - before.modelBytes() / MIB;
  }

  /** By how many MiB the scorer grew from the middle third of the run to the last one. */
  double growth() {
    return mean(third(2)) - mean(third(1));
  }

  /** Share of the processor time that did not go into the model. */
  double outsideShare(List<Stretch> some) {
    double cpu = some.stream().mapToDouble(stretch -> stretch.steady().cpuSeconds()).sum();
    long tokens = some.stream().mapToLong(Stretch::tokens).sum();
    double alone = (before.cpuSecondsPerToken() + after.cpuSecondsPerToken()) / 2;
    return 1 - alone * tokens / cpu;
  }

  private double boundRate() {
    return (before.tokensPerSecond() + after.tokensPerSecond()) / 2;
  }

  private static double tokenRate(List<Stretch> some) {
    double seconds = some.stream().mapToDouble(stretch -> stretch.steady().seconds()).sum();
    return some.stream().mapToLong(Stretch::tokens).sum() / seconds;
  }

  /** Messages a second in the last third of a run. */
  static double settledRate(List<Stretch> stretches) {
    List<Stretch> last = third(stretches, 2);
    double seconds = last.stream().mapToDouble(stretch -> stretch.steady().seconds()).sum();
    return last.stream().mapToLong(stretch -> stretch.steady().results().size()).sum() / seconds;
  }

  /** The stretches of a third of the run, from 0 to 2. */
  List<Stretch> third(int number) {
    return third(stretches, number);
  }

  private static List<Stretch> third(List<Stretch> stretches, int number) {
    int size = stretches.size();
    return stretches.subList(number * size / 3, (number + 1) * size / 3);
  }

  private static double mean(List<Stretch> some) {
    return some.stream().mapToDouble(SoakSection::scorer).average().orElse(Double.NaN);
  }

  private static double scorer(Stretch stretch) {
    return stretch.residentBytes().getOrDefault(SCORER, 0L) / MIB;
  }

  private TextTable table() {
    List<String> head = new ArrayList<>(List.of("minute", "messages/s", "/ bound", "outside"));
    ServiceCost.PARTS.forEach(part -> head.add(part + " CPU s/1,000"));
    ServiceCost.PARTS.forEach(part -> head.add(part + " MiB"));
    List<List<String>> rows = new ArrayList<>();
    for (Stretch stretch : stretches) {
      List<String> row = new ArrayList<>();
      row.add(one(stretch.seconds() / 60));
      row.add(one(stretch.steady().messagesPerSecond()));
      row.add(two(stretch.tokensPerSecond() / boundRate()));
      row.add(two(outsideShare(List.of(stretch))));
      ServiceCost.PARTS.forEach(part -> row.add(two(stretch.cpuSecondsPerThousand(part))));
      ServiceCost.PARTS.forEach(
          part -> row.add(one(stretch.residentBytes().getOrDefault(part, 0L) / MIB)));
      rows.add(row);
    }
    return new TextTable("A long run", head, rows);
  }

  private static Map<String, Object> json(Stretch stretch) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", stretch.seconds());
    json.put("messagesPerSecond", stretch.steady().messagesPerSecond());
    json.put("tokensPerSecond", stretch.tokensPerSecond());
    json.put("cpuSeconds", stretch.steady().cost());
    json.put("residentBytes", stretch.residentBytes());
    return json;
  }
}
