package io.headwater.aggregator.topology;

import io.headwater.aggregator.window.WindowSize;

/** The names that questions to the running topology need. */
public final class WindowStores {
  /** Name of the repartition step; its topic's name holds it. */
  public static final String SAMPLES = "window-samples";

  private WindowStores() {}

  /** Name of the store that holds the windows of one size. */
  public static String name(WindowSize size) {
    return "windows-" + size.label();
  }
}
