package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;
import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.Agreement;
import io.headwater.load.river.pipeline.PipelineResult;
import io.headwater.load.river.pipeline.Steady;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the report says of the saturated river().
 *
 * @param labels what the model alone says, by message id
 */
record SaturationSection(Yardstick yardstick, Map<String, String> labels) implements Section {
  private static final double MIB = 1024 * 1024;

  /** Above this, what others did on the machine makes rates doubtful. */
  private static final double DISTURBED = 0.05;

  private BoundResult before() {
    return yardstick.before();
  }

  private BoundResult after() {
    return yardstick.after();
  }

  private PipelineResult river() {
    return yardstick.river();
  }

  /** Resident memory of the scorer that is not the model's, in MiB. */
  double scorerBesideModel() {
    return (river().residentBytes().getOrDefault("scorer", 0L) - before().modelBytes()) / MIB;
  }

  @Override
  public void write(Report report, Yardstick unused) {
    goals(report);
    report.table(rates());
    report.table(parts());
    report.note(
        "Machine's drift: the model alone after the river was %s times as fast as before it."
            .formatted(two(after().tokensPerSecond() / before().tokensPerSecond())));
    report.note(
        ("Results that came twice: %d. Explanations and translation are off (no message asks for"
                + " them); languages are detected; one process for each service, one broker.")
            .formatted(river().repeated()));
    Agreement agreement = Agreement.of(river().labels(), labels);
    report.note(
        "Headwater's labels are those of the model alone for %d of %d messages."
            .formatted(agreement.same(), agreement.compared()));
    disturbance(report);
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("before", before());
    numbers.put("after", after());
    report.number("bound", numbers);
    report.number("river", json());
  }

  private void disturbance(Report report) {
    double most =
        Math.max(river().othersShare(), Math.max(before().othersShare(), after().othersShare()));
    if (most > DISTURBED) {
      report.note(
          ("Others used the machine meanwhile: %s of its cores while the model ran alone before, %s"
                  + " while the river did, %s while the model ran alone after. Rates and times, and"
                  + " their ratios, are worth little then; processor seconds are worth more.")
              .formatted(
                  two(before().othersShare()),
                  two(river().othersShare()),
                  two(after().othersShare())));
    }
  }

  private void goals(Report report) {
    report.row(
        Row.atLeast(
            "saturated throughput / bound",
            0.85,
            river().tokensPerSecond() / yardstick.boundTokensPerSecond(),
            "tokens/s; exactly once, broker on the same cores; by processor time "
                + two(1 - river().outsideShare(yardstick.boundPerToken()))));
    report.row(
        Row.atMost(
            "CPU outside ONNX Runtime / total",
            0.12,
            river().outsideShare(yardstick.boundPerToken()),
            "",
            "total less the bound's CPU for the same tokens; by threads at least "
                + two(river().leastOutsideShare())));
    report.row(
        Row.atMost(
            "padding / tokens computed",
            0.05,
            river().counters().padding(),
            "",
            "counted by the scorer; the bound's: " + two(before().padding())));
    report.row(
        Row.atMost(
            "scorer memory beyond the model's",
            256,
            scorerBesideModel(),
            " MiB",
            "resident, less the %s MiB that the model adds to a JVM; not over 30 minutes"
                .formatted(Math.round(before().modelBytes() / MIB))));
  }

  private TextTable rates() {
    return new TextTable(
        "Rates",
        List.of(
            "",
            "messages/s",
            "tokens/s",
            "CPU s/1,000 messages",
            "CPU ms/1,000 tokens",
            "cores used",
            "by others"),
        List.of(
            rate("the model alone, before", before()),
            List.of(
                "the river",
                one(river().steady().messagesPerSecond()),
                one(river().tokensPerSecond()),
                two(river().steady().cpuSecondsPerThousand()),
                one(1e6 * river().steady().cpuSeconds() / river().tokens()),
                two(river().steady().cpuSeconds() / river().steady().seconds()),
                two(river().othersShare())),
            rate("the model alone, after", after())));
  }

  private static List<String> rate(String name, BoundResult bound) {
    return List.of(
        name,
        one(bound.messagesPerSecond()),
        one(bound.tokensPerSecond()),
        two(bound.cpuSecondsPerThousand()),
        one(1e6 * bound.cpuSecondsPerToken()),
        two(bound.cpuSeconds() / bound.seconds()),
        two(bound.othersShare()));
  }

  private TextTable parts() {
    Steady steady = river().steady();
    List<List<String>> rows = new ArrayList<>();
    for (String part : List.of("tokenizer", "scorer", "aggregator", "broker")) {
      double cpu = steady.cost().getOrDefault(part, 0.0);
      Double allocated = river().allocated().get(part);
      rows.add(
          List.of(
              part,
              two(1000 * cpu / steady.results().size()),
              two(cpu / steady.cpuSeconds()),
              one(river().residentBytes().getOrDefault(part, 0L) / MIB),
              allocated == null ? "-" : one(allocated / 1024)));
    }
    return new TextTable(
        String.format(
            Locale.ROOT,
            "What a message costs, at saturation (%d messages in %.1f s)",
            steady.results().size(),
            steady.seconds()),
        List.of("", "CPU s/1,000 messages", "share", "resident MiB", "KiB allocated/message"),
        rows);
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("messages", river().steady().results().size());
    json.put("seconds", river().steady().seconds());
    json.put("messagesPerSecond", river().steady().messagesPerSecond());
    json.put("tokensPerSecond", river().tokensPerSecond());
    json.put("cpuSeconds", river().steady().cost());
    json.put("scorer", river().counters());
    json.put("totalCpuOfCounters", river().totalCpu());
    json.put("residentBytes", river().residentBytes());
    json.put("allocatedBytesPerMessage", river().allocated());
    json.put("repeated", river().repeated());
    return json;
  }
}
