package io.headwater.load.river;

import io.headwater.load.river.report.Report;

/** A part of the report that was measured. */
interface Section {
  /** Writes itself, with its ratios to what the run as a whole has found. */
  void write(Report report, Yardstick yardstick);
}
