package io.headwater.aggregator.feed;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that watchers are told.
 *
 * @param sequence its place in this instance's feed
 * @param name of an insight: its message's id; of a window: what tells it from other windows
 * @param label of an insight; empty for a window and for an insight without sentiment
 * @param json what is sent
 * @param detail of an insight: what is told when it is asked for by its id
 */
public record FeedEvent(
    long sequence,
    Kind kind,
    String name,
    String source,
    String language,
    String label,
    String json,
    Optional<InsightDetail> detail) {
  public FeedEvent {
    requireNonNull(kind, "kind");
    requireNonNull(json, "json");
    requireNonNull(detail, "detail");
  }

  /** What an event is about. */
  public enum Kind {
    INSIGHT,
    /** A later event of the same name replaces it. */
    WINDOW
  }
}
