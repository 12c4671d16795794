package io.headwater.load.river;

import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.corpus.Corpus;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.pipeline.Feed;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.Seen;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a message costs as it grows longer.
 *
 * @param costs of some messages in the whole river, by their letters
 */
record LengthSection(Map<Integer, ServiceCost> costs) implements Section {
  private static final List<Integer> LETTERS = List.of(1_000, 4_000, 16_000, 64_000);

  /** Of each length, in a report that has to end soon: one message of the longest. */
  static final int LETTERS_IN_ALL = 64_000;

  private static final long BASE = 50_000_000;
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  LengthSection {
    costs = new LinkedHashMap<>(costs);
  }

  /**
   * Measures the same work at each length.
   *
   * @param inAll letters of each length; the more, the less it matters what compilers and
   *     collectors do meanwhile
   */
  static LengthSection measure(Bench bench, River.Services services, int inAll)
      throws InterruptedException {
    Map<String, Double> idle = idlePerSecond(services);
    Map<Integer, ServiceCost> found = new LinkedHashMap<>();
    // The first is for warmth: long records are new to the river.
    one(bench, services, LETTERS.get(2), LETTERS_IN_ALL, BASE, idle);
    for (int letters : LETTERS) {
      long base = BASE * (2 + found.size());
      found.put(letters, one(bench, services, letters, inAll, base, idle));
    }
    bench.say("lengths: " + found.size());
    return new LengthSection(found);
  }

  private static Map<String, Double> idlePerSecond(River.Services services)
      throws InterruptedException {
    Map<String, Double> before = services.cost();
    Thread.sleep(IDLE.toMillis());
    ServiceCost idle = ServiceCost.between(before, services.cost(), 0);
    return times(idle.seconds(), 1.0 / IDLE.toSeconds());
  }

  private static Map<String, Double> times(Map<String, Double> some, double factor) {
    Map<String, Double> product = new LinkedHashMap<>();
    some.forEach((part, value) -> product.put(part, factor * value));
    return product;
  }

  private static ServiceCost one(
      Bench bench,
      River.Services services,
      int letters,
      int inAll,
      long base,
      Map<String, Double> idle) {
    int count = inAll / letters;
    Traffic traffic = new Traffic(new Corpus(texts(bench.corpus(), letters, count)), 0, base);
    Map<String, Double> before = services.cost();
    long begun = System.nanoTime();
    try (ResultTap insights = services.insights();
        Feed feed = services.feed(traffic, base)) {
      feed.upTo(base + count);
      Set<Long> missing = new HashSet<>();
      for (int i = 0; i < count; i++) {
        missing.add(base + i);
      }
      while (!missing.isEmpty()) {
        if (System.nanoTime() - begun > LIMIT.toNanos()) {
          throw new IllegalStateException(
              "%d messages of %d letters did not come out".formatted(missing.size(), letters));
        }
        for (Seen seen : insights.poll(Duration.ofMillis(50))) {
          missing.remove(seen.number());
        }
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return ServiceCost.between(before, services.cost(), count).less(times(idle, seconds));
  }

  private static List<String> texts(Corpus corpus, int letters, int count) {
    List<String> texts = new ArrayList<>();
    long number = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < letters) {
        text.append(corpus.text(number++)).append(' ');
      }
      text.setLength(letters);
      texts.add(text.toString());
    }
    return texts;
  }

  /** How far the slope from one length to the next is from that over all, at worst. */
  double worstSlope() {
    List<Integer> lengths = List.copyOf(costs.keySet());
    double whole = slope(lengths.get(0), lengths.get(lengths.size() - 1));
    double worst = 0;
    for (int i = 1; i < lengths.size(); i++) {
      worst = Math.max(worst, Math.abs(slope(lengths.get(i - 1), lengths.get(i)) / whole - 1));
    }
    return worst;
  }

  private double slope(int from, int to) {
    return (cost(to) - cost(from)) / (to - from);
  }

  /** Of one message. */
  private double cost(int letters) {
    ServiceCost cost = costs.get(letters);
    return cost == null ? Double.NaN : cost.total() / cost.messages();
  }

  @Override
  public void write(Report report, Yardstick unused) {
    write(report);
  }

  void write(Report report) {
    report.row(
        Row.atMost(
            "cost by length, 1k to 64k letters: slope off by",
            0.2,
            worstSlope(),
            "",
            "CPU of the whole river; the slope between neighbouring lengths, by that over all"));
    List<String> head = ServiceCost.head("letters");
    head.add("CPU s/million letters");
    List<List<String>> rows = new ArrayList<>();
    costs.forEach(
        (letters, cost) -> {
          List<String> row = cost.row(Integer.toString(letters));
          row.add(two(1e6 * cost(letters) / letters));
          rows.add(row);
        });
    report.table(new TextTable("What a long message costs", head, rows));
    report.number("lengths", costs);
  }
}
