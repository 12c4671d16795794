package io.headwater.load.river.report;

import java.util.Locale;

/**
 * A goal, and what came of it.
 *
 * @param what is measured
 * @param goal the limit
 * @param atLeast whether the limit is a lower one
 * @param measured the value; NaN: was not measured
 * @param unit behind both numbers, such as {@code " ms"}; may be empty
 * @param note how it was measured, or why not
 */
public record Row(
    String what, double goal, boolean atLeast, double measured, String unit, String note) {
  /** A value that must reach the goal. */
  public static Row atLeast(String what, double goal, double measured, String note) {
    return new Row(what, goal, true, measured, "", note);
  }

  /** A value that may not pass the goal. */
  public static Row atMost(String what, double goal, double measured, String unit, String note) {
    return new Row(what, goal, false, measured, unit, note);
  }

  /** A goal that this run says nothing about. */
  public static Row skipped(String what, double goal, String why) {
    return new Row(what, goal, true, Double.NaN, "", why);
  }

  /** Whether the value is there and within the goal. */
  public boolean isKept() {
    return atLeast ? measured >= goal : measured <= goal;
  }

  /** {@code kept}, {@code MISSED} or {@code -}. */
  public String verdict() {
    if (Double.isNaN(measured)) {
      return "-";
    }
    return isKept() ? "kept" : "MISSED";
  }

  public String goalText() {
    return Double.isNaN(goal) ? "-" : (atLeast ? ">= " : "<= ") + number(goal) + unit;
  }

  public String measuredText() {
    return Double.isNaN(measured) ? "-" : number(measured) + unit;
  }

  private static String number(double value) {
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
  }
}
