package io.headwater.aggregator.window;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The lengths of windows that are kept. */
public enum WindowSize {
  SECOND("1s", Duration.ofSeconds(1)),
  MINUTE("1m", Duration.ofMinutes(1)),
  HOUR("1h", Duration.ofHours(1));

  private final String label;
  private final Duration length;

  WindowSize(String label, Duration length) {
    this.label = label;
    this.length = length;
  }

  /** Its short name: {@code 1s}, {@code 1m} or {@code 1h}. */
  public String label() {
    return label;
  }

  public Duration length() {
    return length;
  }

  /** Its length in milliseconds. */
  public long millis() {
    return length.toMillis();
  }

  /** Start of the window that holds a time; both in milliseconds since the epoch. */
  public long startOf(long time) {
    return Math.floorDiv(time, millis()) * millis();
  }

  /** The size with that short name. */
  public static Optional<WindowSize> labelled(String label) {
    return Arrays.stream(values()).filter(size -> size.label.equals(label)).findFirst();
  }
}
