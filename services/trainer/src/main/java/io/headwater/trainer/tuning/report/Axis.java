package io.headwater.trainer.tuning.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * An axis of numbers: where a value is drawn, and which values are written at it.
 *
 * @param low the least value
 * @param high the greatest
 * @param from where the least is drawn
 * @param to where the greatest is drawn
 */
record Axis(double low, double high, double from, double to) {
  private static final int STEPS = 5;

  /** Makes room where all values are the same. */
  Axis {
    if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Round values between the ends, about five of them. */
  List<Double> ticks() {
    double step = step();
    return LongStream.rangeClosed((long) Math.ceil(low / step), (long) Math.floor(high / step))
        .mapToObj(i -> i * step)
        .toList();
  }

  /** A value in as many digits as its neighbours need. */
  static String text(double value) {
    String text =
        new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    return text.length() > 9 ? String.format(Locale.ROOT, "%.2e", value) : text;
  }

  private double step() {
    double rough = (high - low) / STEPS;
    double ten = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / ten;
    return ten * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
  }
}
