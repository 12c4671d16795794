package io.headwater.trainer.diagnosis;

import io.headwater.trainer.page.Html;
import java.util.List;
import java.util.Locale;

/** A diagnosis as one web page that needs nothing else. */
public final class DiagnosisPage {
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:32px auto;padding:0 16px;color:#1d2430}
      h1{font-size:24px}h2{font-size:19px;margin-top:36px;border-bottom:1px solid #d5dae2}h3{font-size:16px}
      table{border-collapse:collapse;margin:10px 0}td,th{padding:4px 12px;text-align:right;
      border-bottom:1px solid #e6e9ee;font-variant-numeric:tabular-nums}td.l,th.l{text-align:left}
      .row{display:flex;flex-wrap:wrap;gap:28px}figure{margin:0}figcaption{color:#566175;font-size:13px}
      .grid{stroke:#e6e9ee}.bar{fill:#2f6db3;fill-opacity:.55}.point{fill:#16395f}
      .ideal{stroke:#b3462f;stroke-dasharray:5 4}.cell{fill:#1d5694}.ill{fill:none;stroke:#d9480f;stroke-width:3}
      .small{font-size:12px;fill:#566175}.tiny{font-size:11px}.light{fill:#fff}.dark{fill:#1d2430}
      """;

  private final StringBuilder html = new StringBuilder();

  private DiagnosisPage() {}

  /** The page. */
  public static String of(DiagnosisReport report) {
    DiagnosisPage page = new DiagnosisPage();
    page.add(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Diagnosis of %s</title>"
            + "<style>%s</style></head><body><h1>Diagnosis of %s</h1>",
        Html.escape(report.model()), STYLE, Html.escape(report.model()));
    page.calibration(report);
    page.errors(report);
    page.robustness(report);
    page.attention(report.attention());
    return page.html.append("</body></html>\n").toString();
  }

  private void calibration(DiagnosisReport report) {
    double temperature = report.fitted().temperature();
    add(
        "<h2>Calibration</h2><p>Temperature <b>%.3f</b>, fitted on %s. %s</p>",
        temperature,
        Html.escape(report.fitted().on()),
        temperature > 1
            ? "Above 1: the model is too sure of those."
            : "Not above 1: the model is not too sure of those.");
    head("set", "rows", "accuracy", "ECE", "ECE at temperature", "log loss", "at temperature");
    for (SetReport set : report.sets()) {
      row(
          set.name(),
          Integer.toString(set.judged().size()),
          number(set.judged().accuracy()),
          number(Reliability.of(set.judged()).error()),
          number(Reliability.of(set.tempered()).error()),
          number(set.judged().logLoss()),
          number(set.tempered().logLoss()));
    }
    add("</table>");
    for (SetReport set : report.sets()) {
      String name = Html.escape(set.name());
      add("<h3>%s</h3><div class='row'>", name);
      figure(Drawing.reliability(Reliability.of(set.judged()), name + " as it is"), "as it is");
      figure(
          Drawing.reliability(Reliability.of(set.tempered()), name + " at the temperature"),
          "at the temperature");
      add("</div>");
    }
    add(
        "<p>Bars: share that is right. Points: mean confidence of the bin. On the dashed line both"
            + " are equal.</p>");
  }

  private void errors(DiagnosisReport report) {
    add("<h2>Errors</h2>");
    List<String> labels = ConfusionMatrix.labels();
    for (SetReport set : report.sets()) {
      ConfusionMatrix matrix = set.matrix();
      add(
          "<h3>%s: accuracy %.4f, macro-recall %.4f%s</h3><div class='row'>",
          Html.escape(set.name()),
          set.predictions().accuracy(),
          matrix.macroRecall(),
          set.predictions().sample().twoWay() ? " (negative against positive only)" : "");
      figure(
          Drawing.confusion(matrix, "confusion on " + Html.escape(set.name())),
          "rows: what people said; columns: what the model said");
      add("<div>");
      head("label", "texts", "precision", "recall");
      for (int label = 0; label < labels.size(); label++) {
        row(
            labels.get(label),
            Integer.toString(matrix.support(label)),
            number(matrix.precision(label)),
            number(matrix.recall(label)));
      }
      add("</table></div></div>");
      if (!set.errors().isEmpty()) {
        add(
            "<p>Surest of the wrong ones:</p><table><tr><th>line</th><th class='l'>is</th>"
                + "<th class='l'>said</th><th>sure</th><th class='l'>text</th></tr>");
        for (WorstError error : set.errors()) {
          add(
              "<tr><td>%d</td><td class='l'>%s</td><td class='l'>%s</td><td>%.3f</td><td class='l'>%s</td></tr>",
              error.line(),
              error.label(),
              error.predicted(),
              error.confidence(),
              Html.escape(error.text()));
        }
        add("</table>");
      }
    }
  }

  private void robustness(DiagnosisReport report) {
    add("<h2>Robustness</h2>");
    head("change", "texts", "accuracy before", "after", "flipped");
    for (Robustness row : report.robustness()) {
      row(
          row.change(),
          Integer.toString(row.texts()),
          number(row.before()),
          number(row.after()),
          number(row.flipped()));
    }
    add(
        "</table><p>Pairs such as <i>The film is good. / The film is not good.</i>, negative against"
            + " positive:</p>");
    head("negation of", "pairs", "plain right", "denied taken for the opposite", "turned");
    for (Negation row : report.negation()) {
      row(
          row.words(),
          Integer.toString(row.pairs()),
          number(row.plain()),
          number(row.denied()),
          number(row.turned()));
    }
    add("</table>");
  }

  private void attention(DiagnosisReport.Heads attention) {
    add("<h2>Attention</h2>");
    if (attention.heads().isEmpty()) {
      add("<p>None to be seen: %s</p>", Html.escape(attention.note()));
      return;
    }
    add("<div class='row'>");
    figure(
        Drawing.entropy(attention.heads(), "entropy of the heads"),
        String.format(
            Locale.ROOT,
            "entropy of each head over %d texts: 0 looks at one token, 1 at all alike; framed: collapsed",
            attention.texts()));
    add(
        "<div><p>%d of %d heads are collapsed.</p>",
        attention.collapsed().size(), attention.heads().size());
    if (!attention.collapsed().isEmpty()) {
      head("head", "entropy", "on the first token", "on the last", "on one");
      for (HeadStudy head : attention.collapsed()) {
        row(
            "layer %d, head %d: %s".formatted(head.layer(), head.head(), head.habit().words()),
            number(head.entropy()),
            number(head.first()),
            number(head.last()),
            number(head.strongest()));
      }
      add("</table>");
    }
    add("</div></div>");
  }

  private void figure(String svg, String caption) {
    html.append("<figure>").append(svg);
    add("<figcaption>%s</figcaption></figure>", caption);
  }

  private void head(String... names) {
    cells("th", names, "<table>");
  }

  private void row(String... values) {
    cells("td", values, "");
  }

  private void cells(String tag, String[] values, String before) {
    html.append(before).append("<tr>");
    for (int i = 0; i < values.length; i++) {
      add("<%s%s>%s</%s>", tag, i == 0 ? " class='l'" : "", Html.escape(values[i]), tag);
    }
    html.append("</tr>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void add(String format, Object... values) {
    html.append(String.format(Locale.ROOT, format, values));
  }
}
