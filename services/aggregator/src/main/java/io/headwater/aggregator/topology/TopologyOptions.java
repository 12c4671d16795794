package io.headwater.aggregator.topology;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.window.EventTime;
import io.headwater.aggregator.window.WindowPlan;
import io.headwater.runtime.config.OffsetRanges;
import java.time.Duration;

/**
 * What the topology can be told.
 *
 * @param pendingRetention how long, in stream time, a message waits for its results, and a result
 *     for its message
 * @param eventTime which times of producers are believed
 * @param windows rules of the windows
 * @param maxRecordBytes largest record that the topics take
 * @param range the messages that are the work; others are passed over
 */
public record TopologyOptions(
    Duration pendingRetention,
    EventTime eventTime,
    WindowPlan windows,
    int maxRecordBytes,
    OffsetRanges range) {
  public TopologyOptions {
    requireNonNull(eventTime, "eventTime");
    requireNonNull(windows, "windows");
    requireNonNull(range, "range");
    if (pendingRetention.isNegative() || pendingRetention.isZero()) {
      throw new IllegalArgumentException("The retention of pending entries is more than nothing");
    }
    if (maxRecordBytes < 16 * 1024) {
      throw new IllegalArgumentException("Records may have at least 16 KiB");
    }
  }

  /** Options for every message. */
  public TopologyOptions(
      Duration pendingRetention, EventTime eventTime, WindowPlan windows, int maxRecordBytes) {
    this(pendingRetention, eventTime, windows, maxRecordBytes, OffsetRanges.EVERYTHING);
  }

  /** The same options for the messages of a range. */
  public TopologyOptions in(OffsetRanges other) {
    return new TopologyOptions(pendingRetention, eventTime, windows, maxRecordBytes, other);
  }
}
