package io.headwater.trainer.tuning.report;

import io.headwater.trainer.page.Html;
import java.util.Locale;

/** A drawing, as the text of an SVG element that stands in a page. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /** An empty drawing that says to a reader who cannot see what it shows. */
  Svg(double width, double height, String label) {
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='%s' width='%.0f'"
            + " height='%.0f' viewBox='0 0 %.0f %.0f'>",
        Html.escape(label), width, height, width, height);
  }

  /** Adds an element; numbers are written the same way in every country. */
  final Svg add(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String kind) {
    return add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>", x1, y1, x2, y2, kind);
  }

  /** A text; {@code anchor} is start, middle or end. */
  Svg label(double x, double y, String anchor, String content) {
    return add(
        "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, Html.escape(content));
  }

  String end() {
    return text + "</svg>\n";
  }
}
