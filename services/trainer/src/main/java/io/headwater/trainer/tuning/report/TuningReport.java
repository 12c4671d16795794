package io.headwater.trainer.tuning.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.trainer.page.Html;
import io.headwater.trainer.tuning.TrialRecord;
import io.headwater.trainer.tuning.TuningPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A page about a search, whole in itself: nothing is loaded from elsewhere. */
public final class TuningReport {
  private static final int BEST = 10;
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2em auto;
        padding: 0 1em; color: #1d2733; }
      h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin-top: 2em; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: 4px 12px; border-bottom: 1px solid #dde3ea; text-align: right; }
      th { font-weight: 600; vertical-align: bottom; overflow-wrap: anywhere; }
      td.text { text-align: left; }
      tr.best td { background: #fff1e6; font-weight: 600; }
      .wide { overflow-x: auto; } .note { color: #5a6876; }
      svg text { font: 12px system-ui, sans-serif; fill: #333f4c; }
      svg .halo { paint-order: stroke; stroke: #fff; stroke-width: 4px; }
      svg .axis { stroke: #5a6876; } svg .grid { stroke: #e6ebf0; } svg .bar { fill: #3a78b5; }
      """;

  private final TuningPlan plan;
  private final List<TrialRecord> records;
  private final List<TrialRecord> longest;
  private final List<TrialRecord> trials;
  private final TrialColours colours;
  private final StringBuilder page = new StringBuilder();

  private TuningReport(TuningPlan plan, List<TrialRecord> records) {
    this.plan = plan;
    this.records = records;
    Map<Integer, TrialRecord> longest = new LinkedHashMap<>();
    Map<Integer, TrialRecord> best = new LinkedHashMap<>();
    for (TrialRecord record : records) {
      // A trial that fails on a higher rung still has what it reached below.
      longest.merge(record.trial(), record, (a, b) -> b.done() ? b : a);
      best.merge(record.trial(), record, (a, b) -> plan.score(b) > plan.score(a) ? b : a);
    }
    this.longest = List.copyOf(longest.values());
    this.trials = List.copyOf(best.values());
    this.colours = new TrialColours(plan, trials);
  }

  /** The text of the page. */
  public static String html(TuningPlan plan, List<TrialRecord> records) {
    return new TuningReport(plan, records).html();
  }

  private String html() {
    add("<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Tuning</title>");
    add("<style>%s</style></head><body><h1>Search for settings</h1>", STYLE);
    summary();
    best();
    curves();
    add("<h2>Parameters and %s</h2>", escape(plan.metric()));
    note("One line a trial, darker where it did better, the best in orange; failed ones dashed.");
    add("<div class='wide'>%s</div>", new ParallelChart(plan, colours, trials).draw());
    importance();
    failed();
    add("</body></html>");
    return page.toString();
  }

  private void summary() {
    long failed = records.stream().filter(record -> !record.done()).count();
    double seconds = records.stream().mapToDouble(TrialRecord::seconds).sum();
    add(
        "<p>%s search for %s %s: %d of %d trials, %d failed, %s of training.</p>",
        plan.search().name().toLowerCase(Locale.ROOT),
        plan.higherIsBetter() ? "the highest" : "the lowest",
        escape(plan.metric()),
        trials.size(),
        plan.trials(),
        failed,
        duration(seconds));
    plan.halving()
        .ifPresent(
            halving ->
                add(
                    "<p>Successive halving: one trial of %d goes on; rungs end after %s epochs.</p>",
                    halving.factor(),
                    String.join(", ", halving.rungs().stream().map(Axis::text).toList())));
  }

  private void best() {
    Collection<String> names = names();
    add("<h2>Best trials</h2><div class='wide'><table><tr><th>trial<th>%s", escape(plan.metric()));
    add("<th>epochs<th>rung<th>seconds");
    names.forEach(name -> add("<th>%s", escape(name).replace(".", ".<wbr>")));
    add("</tr>");
    List<TrialRecord> ranked =
        trials.stream()
            .filter(TrialRecord::done)
            .sorted(Comparator.comparingDouble(plan::score).reversed())
            .toList();
    for (TrialRecord record : ranked.subList(0, Math.min(BEST, ranked.size()))) {
      add(
          "<tr%s><td>%d<td>%.4f<td>%s<td>%d<td>%.1f",
          record.equals(ranked.get(0)) ? " class='best'" : "",
          record.trial(),
          record.metrics().getOrDefault(plan.metric(), 0.0),
          Axis.text(record.epochs()),
          record.rung(),
          seconds(record.trial()));
      names.forEach(name -> add("<td>%s", escape(text(record.parameters().get(name)))));
      add("</tr>");
    }
    add("</table></div>");
    note("Of each trial its best rung; best.yaml has the configuration of the first.");
  }

  private double seconds(int trial) {
    return records.stream()
        .filter(record -> record.trial() == trial)
        .mapToDouble(TrialRecord::seconds)
        .sum();
  }

  private void curves() {
    TreeSet<String> metrics = new TreeSet<>();
    records.forEach(record -> record.curve().forEach(at -> metrics.addAll(at.metrics().keySet())));
    metrics.remove(plan.metric());
    List<String> drawn = new ArrayList<>(List.of(plan.metric()));
    metrics.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith("loss"))
        .forEach(drawn::add);
    for (String metric : drawn) {
      add("<h2>%s over the epochs</h2>", escape(metric));
      add("<div class='wide'>%s</div>", new CurveChart(metric, colours, longest).draw());
    }
    note("Values far from all others are drawn at the edge.");
  }

  private void importance() {
    add("<h2>Importance of the parameters</h2>");
    List<TrialRecord> first =
        records.stream().filter(record -> record.done() && record.rung() == 0).toList();
    if (first.size() < ParameterImportance.LEAST_TRIALS) {
      note("From %d trials on.", ParameterImportance.LEAST_TRIALS);
      return;
    }
    ParameterImportance importance =
        ParameterImportance.of(
            first.stream().map(record -> plan.space().point(record.parameters())).toList(),
            first.stream().map(plan::score).toList());
    add("%s", ImportanceChart.draw(List.copyOf(names()), importance));
    note(
        "How much worse a random forest predicts %s of a trial that it has not seen when this"
            + " parameter is shuffled (Breiman 2001); first rung, failed trials left out. The forest"
            + " predicts %.0f %% of the variance%s.",
        escape(plan.metric()),
        100 * Math.max(0, importance.explained()),
        importance.explained() < 0.1 ? ": so little that the bars are noise" : "");
  }

  private void failed() {
    List<TrialRecord> failed = records.stream().filter(record -> !record.done()).toList();
    if (failed.isEmpty()) {
      return;
    }
    add("<h2>Failed trials</h2><div class='wide'><table><tr><th>trial<th>rung<th>reason");
    names().forEach(name -> add("<th>%s", escape(name)));
    add("</tr>");
    for (TrialRecord record : failed) {
      add(
          "<tr><td>%d<td>%d<td class='text'>%s",
          record.trial(), record.rung(), escape(record.reason()));
      names().forEach(name -> add("<td>%s", escape(text(record.parameters().get(name)))));
      add("</tr>");
    }
    add("</table></div>");
  }

  private List<String> names() {
    return plan.space().dimensions().stream().map(one -> one.path().text()).toList();
  }

  private void note(String form, Object... values) {
    add("<p class='note'>" + form + "</p>", values);
  }

  private void add(String form, Object... values) {
    page.append(String.format(Locale.ROOT, form, values)).append('\n');
  }

  private static String text(@Nullable JsonNode value) {
    if (value == null) {
      return "";
    }
    return value.isDouble()
        ? value.decimalValue().toPlainString()
        : value.isTextual() ? value.asText() : value.toString();
  }

  private static String escape(String text) {
    return Html.escape(text);
  }

  private static String duration(double seconds) {
    return seconds < 90
        ? String.format(Locale.ROOT, "%.1f seconds", seconds)
        : String.format(Locale.ROOT, "%.1f minutes", seconds / 60);
  }
}
