package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.corpus.Corpus;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.openloop.LatencyBook;
import io.headwater.load.river.openloop.OpenLoop;
import io.headwater.load.river.openloop.Schedule;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.report.LatencyPlot;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Latency of a river that is not full, in an open loop.
 *
 * @param loads by share of the saturated rate
 * @param singles time of one unbatched inference of the first messages, in nanoseconds
 */
record LatencySection(Map<Double, Load> loads, List<Long> singles) implements Section {
  private static final double HALF = 0.5;
  private static final double HIGH = 0.7;

  /** Numbers of messages that no other part has. */
  private static final long BASE = 10_000_000;

  LatencySection {
    loads = new LinkedHashMap<>(loads);
    singles = List.copyOf(singles);
  }

  /**
   * One load.
   *
   * @param rate messages a second
   * @param warmUp so many messages were not counted
   * @param cost of all messages, these too
   */
  record Load(double rate, int warmUp, LatencyBook book, ServiceCost cost) {}

  static LatencySection measure(
      Bench bench, Pace pace, River.Services services, double saturated, BoundResult bound)
      throws InterruptedException {
    Map<Double, Load> loads = new LinkedHashMap<>();
    // The texts that were scored alone too, again and again: each latency has its inference.
    Corpus timed = bench.corpus().first(bound.singleNanos().size());
    for (double share : new double[] {HALF, HIGH}) {
      double rate = share * saturated;
      long base = BASE * (1 + loads.size());
      int warmUp = (int) (rate * pace.latencyWarmUp().toSeconds());
      int messages = warmUp + (int) Math.ceil(rate * pace.latency().toSeconds());
      Map<String, Double> before = services.cost();
      try (ResultTap insights = services.insights()) {
        LatencyBook book =
            new OpenLoop(
                    new Traffic(timed, 0, base),
                    base,
                    services.messages(),
                    services.encoder(),
                    services.bootstrapServers())
                .run(new Schedule(rate, false), messages, warmUp, insights);
        loads.put(
            share,
            new Load(rate, warmUp, book, ServiceCost.between(before, services.cost(), messages)));
        bench.say(
            "at %.0f %% load (%.1f messages/s): p99 %.0f ms",
            100 * share, rate, book.fromDue().getValueAtPercentile(99) / 1e3);
      }
    }
    return new LatencySection(loads, bound.singleNanos());
  }

  @Override
  public void write(Report report, Yardstick unused) {
    write(report);
  }

  void write(Report report) {
    Histogram alone = alone();
    Load half = load(HALF);
    double p99Alone = alone.getValueAtPercentile(99);
    report.row(
        Row.atMost(
            "p99 at half load / one unbatched inference",
            5,
            half.book().fromDue().getValueAtPercentile(99) / p99Alone,
            "",
            "p99 by p99 of the same texts; message by message the median ratio is %s, its p99 %s"
                .formatted(one(own(half, 0.5)), one(own(half, 0.99)))));
    report.row(
        Row.atMost(
            "p99 at 70 % load, open loop",
            250,
            load(HIGH).book().fromDue().getValueAtPercentile(99) / 1e3,
            " ms",
            "from the time at which a message was due to its insight being read"));
    report.table(table(alone));
    Map<String, ServiceCost> costs = new LinkedHashMap<>();
    loads.forEach((share, load) -> costs.put(name(share), load.cost()));
    report.table(ServiceCost.table("What a message costs in a river that is not full", "", costs));
    Map<String, Histogram> curves = new LinkedHashMap<>();
    Map<String, Object> json = new LinkedHashMap<>();
    loads.forEach(
        (share, load) -> {
          String name = name(share);
          curves.put(name, load.book().fromDue());
          json.put(name, numbers(load));
        });
    curves.put("one unbatched inference", alone);
    report.plot("latency.svg", LatencyPlot.svg("Latency, open loop", curves));
    report.number("latency", json);
  }

  private Load load(double share) {
    Load found = loads.get(share);
    if (found == null) {
      throw new IllegalStateException("That load was not measured");
    }
    return found;
  }

  private TextTable table(Histogram alone) {
    List<List<String>> rows = new ArrayList<>();
    loads.forEach(
        (share, load) -> {
          rows.add(row(name(share), load, load.book().fromDue()));
          rows.add(row("  from when it was sent", load, load.book().fromSent()));
        });
    rows.add(row("one unbatched inference", null, alone));
    return new TextTable(
        "Latency, ms (open loop: from when a message was due)",
        List.of("", "messages/s", "messages", "p50", "p90", "p99", "max", "lost", "twice"),
        rows);
  }

  private static List<String> row(String name, @Nullable Load load, Histogram latencies) {
    return List.of(
        name,
        load == null ? "-" : one(load.rate()),
        Long.toString(latencies.getTotalCount()),
        one(latencies.getValueAtPercentile(50) / 1e3),
        one(latencies.getValueAtPercentile(90) / 1e3),
        one(latencies.getValueAtPercentile(99) / 1e3),
        one(latencies.getMaxValue() / 1e3),
        load == null ? "-" : Integer.toString(load.book().lost()),
        load == null ? "-" : Integer.toString(load.book().repeated()));
  }

  private static Map<String, Object> numbers(Load load) {
    Histogram latencies = load.book().fromDue();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rate", load.rate());
    json.put("messages", latencies.getTotalCount());
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      json.put(
          "p" + String.format(Locale.ROOT, "%s", percentile).replaceAll("\\.0$", "") + "Millis",
          latencies.getValueAtPercentile(percentile) / 1e3);
    }
    json.put("lost", load.book().lost());
    json.put("twice", load.book().repeated());
    json.put("cpuSeconds", load.cost().seconds());
    return json;
  }

  /** A message's latency by the time of its own inference, at that share of the messages. */
  private double own(Load load, double share) {
    List<Double> ratios = new ArrayList<>();
    for (int number = load.warmUp(); number < load.book().size(); number++) {
      double millis = load.book().millis(number);
      if (millis > 0) {
        ratios.add(millis / (singles.get(number % singles.size()) / 1e6));
      }
    }
    ratios.sort(null);
    return ratios.isEmpty()
        ? Double.NaN
        : ratios.get(Math.min(ratios.size() - 1, (int) (share * ratios.size())));
  }

  private Histogram alone() {
    Histogram micros = new Histogram(3);
    singles.forEach(nanos -> micros.recordValue(nanos / 1_000));
    return micros;
  }

  private static String name(double share) {
    return String.format(Locale.ROOT, "at %.0f %% load", 100 * share);
  }
}
