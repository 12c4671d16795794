package io.headwater.aggregator.feed;

import java.util.List;
import java.util.Optional;

/**
 * How the feed is doing.
 *
 * @param connected whether its reader reads
 * @param insights seen since the start
 * @param windows updates of windows seen since the start
 * @param latestAt when the last insight came, in milliseconds since the epoch
 * @param sources names seen, sorted
 * @param languages seen, sorted
 */
public record FeedStatus(
    boolean connected,
    long insights,
    long windows,
    Optional<Long> latestAt,
    int clients,
    LastMinute lastMinute,
    List<String> sources,
    List<String> languages) {
  public FeedStatus {
    sources = List.copyOf(sources);
    languages = List.copyOf(languages);
  }
}
