package io.headwater.load.river;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.PipelineResult;
import java.util.Locale;

/** Results in one line, while a run goes on. */
final class Numbers {
  private Numbers() {}

  static String of(BoundResult bound) {
    return String.format(
        Locale.ROOT,
        "%.1f messages/s, %.0f tokens/s, %.1f CPU s/1,000 messages",
        bound.messagesPerSecond(),
        bound.tokensPerSecond(),
        bound.cpuSecondsPerThousand());
  }

  static String of(PipelineResult river) {
    return String.format(
        Locale.ROOT,
        "%.1f messages/s, %.0f tokens/s, %.1f CPU s/1,000 messages",
        river.steady().messagesPerSecond(),
        river.tokensPerSecond(),
        river.steady().cpuSecondsPerThousand());
  }

  /** Rounded, for tables. */
  static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
