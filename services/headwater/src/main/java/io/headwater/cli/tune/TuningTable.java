package io.headwater.cli.tune;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What was measured, a setup a line. */
final class TuningTable {
  private static final String LINE = "%-8s %7s %7s %10s %11s %8s %9s  %s%n";

  private final PrintWriter out;

  TuningTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints all, and marks the recommended one. */
  void print(List<Measurement> all, Recommendation recommendation) {
    out.printf(
        LINE, "provider", "threads", "tokens", "tokens/s", "messages/s", "padding", "p99 ms", "");
    for (Measurement each : all) {
      boolean chosen = each.setup().equals(recommendation.chosen().setup());
      OptionalDouble padding = each.padding();
      out.printf(
          LINE,
          each.setup().provider().name().toLowerCase(Locale.ROOT),
          each.setup().threads(),
          each.setup().tokens(),
          "%.0f".formatted(each.tokensPerSecond()),
          "%.1f".formatted(each.messagesPerSecond()),
          padding.isPresent() ? "%.1f %%".formatted(100 * padding.getAsDouble()) : "-",
          "%.1f".formatted(each.slowestMillis()),
          chosen ? "<- recommended" : "");
    }
  }
}
