package io.headwater.trainer.page;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Text within a page. */
public final class Html {
  private Html() {}

  /** The text as it stands in an element or an attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /** The start of a page that needs nothing beside it. */
  public static String head(String title) {
    return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>"
        + escape(title)
        + "</title><style>body{font:15px sans-serif;max-width:780px;margin:2em auto}"
        + "td,th{padding:2px 12px 2px 0;text-align:left}pre{background:#f4f4f4;padding:1em}"
        + "</style>\n<h1>"
        + escape(title)
        + "</h1>\n";
  }

  /** Names and values, a row each. */
  public static String table(Map<String, ?> rows) {
    StringBuilder table = new StringBuilder("<table>\n");
    rows.forEach(
        (name, value) ->
            table.append(
                "<tr><td>%s<td>%s</tr>%n".formatted(escape(name), escape(String.valueOf(value)))));
    return table.append("</table>\n").toString();
  }

  /** Numbers to three digits. */
  public static Map<String, String> numbers(Map<String, Double> values) {
    Map<String, String> written = new LinkedHashMap<>();
    values.forEach((name, value) -> written.put(name, String.format(Locale.ROOT, "%.3g", value)));
    return written;
  }
}
