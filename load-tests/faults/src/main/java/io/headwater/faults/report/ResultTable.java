package io.headwater.faults.report;

import io.headwater.faults.check.RecoveryLog.Recovery;
import io.headwater.faults.check.Verdict;
import io.headwater.faults.scenario.ScenarioResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The results as a table for people. */
public final class ResultTable {
  private ResultTable() {}

  /** One scenario with its details, as soon as it is over. */
  public static void details(PrintWriter out, ScenarioResult result) {
    head(out);
    row(out, result);
    for (Recovery recovery : result.recoveries()) {
      out.printf(
          Locale.ROOT,
          "    at %5.1f s %-34s recovered in %5.1f s%n",
          recovery.at(),
          recovery.fault(),
          recovery.seconds());
    }
    result.notes().forEach(note -> out.println("    " + note));
    result.broken().forEach(promise -> out.println("    BROKEN: " + promise));
    result.verdict().examples().forEach(example -> out.println("    for example: " + example));
    out.flush();
  }

  /** All scenarios. */
  public static void summary(PrintWriter out, List<ScenarioResult> results) {
    out.println();
    head(out);
    results.forEach(result -> row(out, result));
    long sent = results.stream().mapToLong(result -> result.verdict().sent()).sum();
    long clean = results.stream().filter(ScenarioResult::isClean).count();
    out.printf(
        Locale.ROOT,
        "%d messages in %d scenarios; every promise was kept in %d%n",
        sent,
        results.size(),
        clean);
    out.flush();
  }

  private static void head(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-17s %8s %8s %6s %6s %6s %6s %9s %7s %7s %7s  %s%n",
        "scenario",
        "sent",
        "insights",
        "lost",
        "dupl.",
        "order",
        "wrong",
        "recovery",
        "drain",
        "msg/s",
        "took",
        "");
    out.printf(
        Locale.ROOT,
        "%-17s %8s %8s %6s %6s %6s %6s %9s %7s %7s %7s  %s%n",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "median/max",
        "s",
        "",
        "s",
        "");
  }

  private static void row(PrintWriter out, ScenarioResult result) {
    Verdict verdict = result.verdict();
    out.printf(
        Locale.ROOT,
        "%-17s %8d %8d %6d %6d %6d %6d %9s %7.1f %7.0f %7.0f  %s%n",
        result.scenario(),
        verdict.sent(),
        verdict.insights(),
        verdict.lost(),
        verdict.duplicated(),
        verdict.outOfOrder(),
        verdict.wrongContent() + verdict.deadLetters() + verdict.windowsMissing(),
        recovery(result.recoveries()),
        result.drainSeconds(),
        result.perSecond(),
        result.wallSeconds(),
        result.isClean() ? "ok" : "BROKEN");
  }

  private static String recovery(List<Recovery> recoveries) {
    double[] sorted = recoveries.stream().mapToDouble(Recovery::seconds).sorted().toArray();
    return sorted.length == 0
        ? "-"
        : "%.1f/%.1f".formatted(sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }
}
