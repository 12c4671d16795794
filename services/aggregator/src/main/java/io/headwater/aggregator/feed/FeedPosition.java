package io.headwater.aggregator.feed;

import java.util.Optional;

/**
 * A watcher's place in the feed of one run of one instance; the id of a server-sent event.
 *
 * @param run name of the run: after a restart, and on another instance, places mean nothing
 * @param sequence of the last event seen
 */
public record FeedPosition(String run, long sequence) {
  /** Reads {@code RUN-SEQUENCE}; empty when it is something else. */
  public static Optional<FeedPosition> parse(String id) {
    int dash = id.lastIndexOf('-');
    if (dash < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FeedPosition(id.substring(0, dash), Long.parseLong(id.substring(dash + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return run + "-" + sequence;
  }
}
