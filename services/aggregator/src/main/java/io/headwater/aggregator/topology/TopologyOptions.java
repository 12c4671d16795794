package io.headwater.aggregator.topology;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.window.EventTime;
import io.headwater.aggregator.window.WindowPlan;
import java.time.Duration;

/**
 * What the topology can be told.
 *
 * @param pendingRetention how long, in stream time, a message waits for its results, and a result
 *     for its message
 * @param eventTime which times of producers are believed
 * @param windows rules of the windows
 * @param maxRecordBytes largest record that the topics take
 */
public record TopologyOptions(
    Duration pendingRetention, EventTime eventTime, WindowPlan windows, int maxRecordBytes) {
  public TopologyOptions {
    requireNonNull(eventTime, "eventTime");
    requireNonNull(windows, "windows");
    if (pendingRetention.isNegative() || pendingRetention.isZero()) {
      throw new IllegalArgumentException("The retention of pending entries is more than nothing");
    }
    if (maxRecordBytes < 16 * 1024) {
      throw new IllegalArgumentException("Records may have at least 16 KiB");
    }
  }
}
