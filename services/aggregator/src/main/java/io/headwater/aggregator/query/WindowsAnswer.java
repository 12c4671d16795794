package io.headwater.aggregator.query;

import java.util.List;

/**
 * The windows that could be had.
 *
 * @param complete whether every instance answered; false while one is away or rebalancing
 * @param missing those that did not answer
 * @param truncated whether there are more windows, older than those here
 * @param windows oldest first
 */
public record WindowsAnswer(
    boolean complete, List<MissingInstance> missing, boolean truncated, List<WindowView> windows) {
  public WindowsAnswer {
    missing = List.copyOf(missing);
    windows = List.copyOf(windows);
  }

  /** An answer of somebody who had all he was asked for. */
  static WindowsAnswer of(List<WindowView> windows, boolean truncated) {
    return new WindowsAnswer(true, List.of(), truncated, windows);
  }

  /** No answer. */
  public static WindowsAnswer missing(String instance, String reason) {
    return new WindowsAnswer(
        false, List.of(new MissingInstance(instance, reason)), false, List.of());
  }
}
