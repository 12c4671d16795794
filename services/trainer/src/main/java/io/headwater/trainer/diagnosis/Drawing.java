package io.headwater.trainer.diagnosis;

import java.util.List;
import java.util.Locale;

/** Pictures as SVG, drawn in the colours of the page that they stand in. */
final class Drawing {
  private static final int SIDE = 260;
  private static final int LEFT = 44;
  private static final int TOP = 12;
  private static final int CELL = 84;
  private static final int HEAD = 34;

  private final StringBuilder svg = new StringBuilder();

  private Drawing(int width, int height, String title) {
    add(
        "<svg viewBox='0 0 %d %d' width='%d' height='%d' role='img' aria-label='%s'>",
        width, height, width, height, title);
  }

  /** Accuracy over confidence in bins; the diagonal is where they should be. */
  static String reliability(Reliability reliability, String title) {
    Drawing drawing = new Drawing(SIDE + LEFT + 12, SIDE + TOP + 40, title);
    double width = SIDE / (double) reliability.bins().size();
    for (int quarter = 0; quarter <= 4; quarter++) {
      double share = quarter / 4.0;
      double y = TOP + SIDE * (1 - share);
      drawing.add(
          "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>", LEFT, LEFT + SIDE, y, y);
      drawing.text(LEFT - 6, y + 4, "end", String.format(Locale.ROOT, "%.2f", share));
      drawing.text(
          LEFT + SIDE * share,
          TOP + SIDE + 16,
          "middle",
          String.format(Locale.ROOT, "%.2f", share));
    }
    for (Reliability.Bin bin : reliability.bins()) {
      if (bin.rows() > 0) {
        double height = SIDE * bin.accuracy();
        drawing.add(
            "<rect class='bar' x='%.1f' y='%.1f' width='%.1f' height='%.1f'><title>%d rows, sure"
                + " %.3f, right %.3f</title></rect>",
            LEFT + SIDE * bin.from() + 1,
            TOP + SIDE - height,
            width - 2,
            height,
            bin.rows(),
            bin.confidence(),
            bin.accuracy());
        drawing.add(
            "<circle class='point' cx='%.1f' cy='%.1f' r='3'/>",
            LEFT + SIDE * bin.confidence(), TOP + SIDE - height);
      }
    }
    drawing.add(
        "<line class='ideal' x1='%d' y1='%d' x2='%d' y2='%d'/>",
        LEFT, TOP + SIDE, LEFT + SIDE, TOP);
    drawing.text(LEFT + SIDE / 2.0, TOP + SIDE + 34, "middle", "confidence");
    drawing.add(
        "<text class='small' text-anchor='middle' transform='translate(11 %d) rotate(-90)'>accuracy</text>",
        TOP + SIDE / 2);
    return drawing.end();
  }

  /** Counts, darker for the larger share of a label's texts. */
  static String confusion(ConfusionMatrix matrix, String title) {
    List<String> labels = ConfusionMatrix.labels();
    int size = labels.size() * CELL;
    Drawing drawing = new Drawing(size + 90, size + 34, title);
    for (int label = 0; label < labels.size(); label++) {
      drawing.text(78, 30 + CELL * (label + 0.5) + 4, "end", labels.get(label));
      drawing.text(84 + CELL * (label + 0.5), 20, "middle", labels.get(label));
      for (int other = 0; other < labels.size(); other++) {
        int count = matrix.count(label, other);
        double share = count / (double) Math.max(1, matrix.support(label));
        drawing.cell(84 + CELL * other, 30 + CELL * label, CELL, share);
        drawing.add(
            "<text class='%s' text-anchor='middle' x='%.1f' y='%.1f'>%d</text>",
            share > 0.5 ? "light" : "dark",
            84 + CELL * (other + 0.5),
            30 + CELL * (label + 0.5) + 5,
            count);
      }
    }
    return drawing.end();
  }

  /** One cell for each head, darker for higher entropy; collapsed heads have a frame. */
  static String entropy(List<HeadStudy> heads, String title) {
    int layers = heads.stream().mapToInt(HeadStudy::layer).max().orElse(0) + 1;
    int widest = heads.stream().mapToInt(HeadStudy::head).max().orElse(0) + 1;
    Drawing drawing = new Drawing(widest * HEAD + 70, layers * HEAD + 30, title);
    for (int head = 0; head < widest; head++) {
      drawing.text(64 + HEAD * (head + 0.5), 18, "middle", Integer.toString(head));
    }
    for (HeadStudy head : heads) {
      int x = 64 + HEAD * head.head();
      int y = 26 + HEAD * head.layer();
      if (head.head() == 0) {
        drawing.text(58, y + HEAD / 2.0 + 4, "end", "layer " + head.layer());
      }
      drawing.cell(x, y, HEAD, head.entropy());
      if (head.habit() != HeadStudy.Habit.USUAL) {
        drawing.add(
            "<rect class='ill' x='%d' y='%d' width='%d' height='%d'/>",
            x + 2, y + 2, HEAD - 4, HEAD - 4);
      }
      drawing.add(
          "<text class='%s tiny' text-anchor='middle' x='%.1f' y='%.1f'>%.2f<title>%s</title></text>",
          head.entropy() > 0.5 ? "light" : "dark",
          x + HEAD / 2.0,
          y + HEAD / 2.0 + 4,
          head.entropy(),
          head.habit().words());
    }
    return drawing.end();
  }

  private void cell(int x, int y, int size, double share) {
    add(
        "<rect class='cell' fill-opacity='%.3f' x='%d' y='%d' width='%d' height='%d'/>",
        Math.min(1, Math.max(0.03, share)), x, y, size - 2, size - 2);
  }

  private void text(double x, double y, String anchor, String words) {
    add("<text class='small' text-anchor='%s' x='%.1f' y='%.1f'>%s</text>", anchor, x, y, words);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private String end() {
    return svg.append("</svg>\n").toString();
  }
}
