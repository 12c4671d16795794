package io.headwater.load.river.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Horizontal bars. */
public final class BarPlot {
  private static final int WIDTH = 720;
  private static final int LEFT = 190;
  private static final int RIGHT = 80;
  private static final int BAR = 26;
  private static final int TOP = 40;

  private BarPlot() {}

  /**
   * Draws them, the longest as wide as the picture allows.
   *
   * @param bars lengths by name, from the top
   */
  public static String svg(String title, Map<String, Double> bars) {
    Map<String, Double> drawn = new LinkedHashMap<>(bars);
    double most = drawn.values().stream().mapToDouble(each -> each).max().orElse(1);
    Svg svg = new Svg(WIDTH, TOP + BAR * drawn.size() + 14);
    svg.text(WIDTH / 2.0, 22, "middle", title);
    int y = TOP;
    for (Map.Entry<String, Double> bar : drawn.entrySet()) {
      double length = most <= 0 ? 0 : bar.getValue() / most * (WIDTH - LEFT - RIGHT);
      svg.text(LEFT - 8, y + 15, "end", bar.getKey());
      svg.box(LEFT, y, length, BAR - 8, bar.getKey().equals("Headwater") ? "#1f6fb2" : "#9db8cc");
      svg.text(
          LEFT + length + 6, y + 15, "start", String.format(Locale.ROOT, "%.1f", bar.getValue()));
      y += BAR;
    }
    return svg.file();
  }
}
