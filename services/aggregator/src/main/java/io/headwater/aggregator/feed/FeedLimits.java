package io.headwater.aggregator.feed;

/**
 * Bounds of the live feed.
 *
 * @param size insights, and windows, that are kept for those who come later
 * @param textLimit characters of a text that are shown
 * @param clients watchers at a time
 * @param queue insights that wait for one watcher before it loses the oldest
 * @param eventsPerSecond insights sent to one watcher; others are left out, and counted
 */
public record FeedLimits(int size, int textLimit, int clients, int queue, int eventsPerSecond) {
  public FeedLimits {
    if (size < 1 || textLimit < 1 || clients < 1 || queue < 1 || eventsPerSecond < 1) {
      throw new IllegalArgumentException("Each bound of the feed is at least 1");
    }
  }
}
