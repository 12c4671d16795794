package io.headwater.aggregator.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The newest events of one kind. Not thread-safe. */
final class FeedRing {
  private final int size;
  private final ArrayDeque<FeedEvent> events;
  private long newestLost = -1;

  FeedRing(int size) {
    this.size = size;
    this.events = new ArrayDeque<>(size);
  }

  void add(FeedEvent event) {
    if (events.size() == size) {
      newestLost = events.removeFirst().sequence();
    }
    events.addLast(event);
  }

  /** Whether some event after that place is no longer here. */
  boolean lostAfter(long sequence) {
    return newestLost > sequence;
  }

  /** All events after that place, oldest first. */
  List<FeedEvent> after(long sequence, FeedFilter filter) {
    List<FeedEvent> found = new ArrayList<>();
    Iterator<FeedEvent> newestFirst = events.descendingIterator();
    while (newestFirst.hasNext()) {
      FeedEvent event = newestFirst.next();
      if (event.sequence() <= sequence) {
        break;
      }
      if (filter.matches(event)) {
        found.add(event);
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** The newest events, newest first. */
  List<FeedEvent> newest(int limit, FeedFilter filter) {
    List<FeedEvent> found = new ArrayList<>();
    Iterator<FeedEvent> newestFirst = events.descendingIterator();
    while (newestFirst.hasNext() && found.size() < limit) {
      FeedEvent event = newestFirst.next();
      if (filter.matches(event)) {
        found.add(event);
      }
    }
    return found;
  }

  /** The newest event of that name. */
  Optional<FeedEvent> named(String name) {
    Iterator<FeedEvent> newestFirst = events.descendingIterator();
    while (newestFirst.hasNext()) {
      FeedEvent event = newestFirst.next();
      if (event.name().equals(name)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }
}
