package io.headwater.load.river;

import static io.headwater.load.river.Numbers.two;

import io.headwater.load.river.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What some messages cost, service by service.
 *
 * @param seconds processor seconds of each service and the broker
 * @param messages so many
 */
record ServiceCost(Map<String, Double> seconds, long messages) {
  /** In the order in which a message comes to them. */
  static final List<String> PARTS = List.of("tokenizer", "scorer", "aggregator", "broker");

  ServiceCost {
    seconds = Map.copyOf(seconds);
  }

  /** What was used from one look to a later one. */
  static ServiceCost between(Map<String, Double> before, Map<String, Double> after, long messages) {
    Map<String, Double> used = new LinkedHashMap<>();
    after.forEach((part, until) -> used.put(part, until - before.getOrDefault(part, 0.0)));
    return new ServiceCost(used, messages);
  }

  /** The same without what would have been used anyway. */
  ServiceCost less(Map<String, Double> idle) {
    return between(idle, seconds, messages);
  }

  /** Processor seconds of all. */
  double total() {
    return seconds.values().stream().mapToDouble(each -> each).sum();
  }

  /** Columns of a table for these. */
  static List<String> head(String first) {
    List<String> head = new ArrayList<>(List.of(first));
    PARTS.forEach(part -> head.add(part + " CPU s/1,000"));
    return head;
  }

  /** A line of that table. */
  List<String> row(String name) {
    List<String> row = new ArrayList<>(List.of(name));
    PARTS.forEach(part -> row.add(two(1_000 * seconds.getOrDefault(part, Double.NaN) / messages)));
    return row;
  }

  /** A table of several. */
  static TextTable table(String title, String first, Map<String, ServiceCost> costs) {
    List<List<String>> rows = new ArrayList<>();
    costs.forEach((name, cost) -> rows.add(cost.row(name)));
    return new TextTable(title, head(first), rows);
  }
}
