package io.headwater.trainer.sentiment;

import io.headwater.trainer.page.Html;

/** A report as one page that needs nothing beside it. */
final class ReportPage {
  private ReportPage() {}

  /**
   * The page.
   *
   * @param sections of what all tasks report
   */
  static String of(TrainingReport report, String sections) {
    StringBuilder page = new StringBuilder();
    page.append(Html.head("Training"));
    page.append(
        "<p>%d steps%s. Best after %.2f passes.</p>%n"
            .formatted(
                report.outcome().steps(),
                report.outcome().stoppedEarly() ? ", stopped early" : "",
                report.outcome().best().epoch()));
    page.append(sections);
    page.append("<h2>Best, dev</h2>\n").append(Html.table(report.outcome().best().dev()));
    page.append("<h2>Best, test</h2>\n").append(Html.table(report.test()));
    page.append("<h2>Texts</h2>\n<table><tr><th>set<th>texts<th>two-way<th>cut</tr>\n");
    for (TokenizedSets.Count set : report.sets()) {
      page.append(
          "<tr><td>%s<td>%d<td>%s<td>%d</tr>%n"
              .formatted(Html.escape(set.name()), set.rows(), set.twoWay(), set.cut()));
    }
    page.append("</table>\n<h2>Configuration</h2>\n<pre>")
        .append(Html.escape(report.configuration().text()))
        .append("</pre>\n</html>\n");
    return page.toString();
  }
}
