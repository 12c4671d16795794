package io.headwater.aggregator.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private static final InsightPlace NOWHERE = new InsightPlace(1_000, 0, 0, InsightPath.UNKNOWN);

  private final Clock noon = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private LiveFeed feed(FeedLimits limits) {
    return new LiveFeed(limits, noon, "run1");
  }

  private static void publish(LiveFeed feed, String id, String source) {
    Message message = Records.message(id, "text of " + id);
    message.setSource(source);
    feed.publish(
        new Insight(
            id, Records.origin(1), message, "en", Records.score(1, 0.8, 0.1), null, List.of()),
        NOWHERE,
        true);
  }

  private static SentimentWindow window(String source, long start, long count) {
    return new SentimentWindow(
        source, "en", Instant.ofEpochMilli(start), 1_000L, count, List.of(), 0.0);
  }

  private static List<String> names(List<FeedEvent> events) {
    return events.stream().map(FeedEvent::name).toList();
  }

  private static List<FeedEvent> take(FeedSubscription subscription) throws InterruptedException {
    return subscription.take(Duration.ofMillis(1));
  }

  @Test
  void leavesOutWhatNobodyCouldReadAndKeepsTheRest() {
    LiveFeed feed = feed(new FeedLimits(10, 100, 1, 10, 10));
    String flood = "s".repeat(1 << 20);

    publish(feed, "before", "s");
    publish(feed, "flood", flood);
    assertThat(feed.publish(window(flood, 0, 1))).isFalse();
    publish(feed, "after", "s");

    assertThat(names(feed.latest(10, FeedFilter.ALL))).containsExactly("after", "before");
    assertThat(feed.status().sources()).containsExactly("s");
  }

  @Test
  void forgetsTheOldestInsights() {
    LiveFeed feed = feed(new FeedLimits(2, 100, 1, 10, 10));

    List.of("a", "b", "c").forEach(id -> publish(feed, id, "s"));

    assertThat(names(feed.latest(10, FeedFilter.ALL))).containsExactly("c", "b");
    assertThat(feed.insight("a")).isEmpty();
  }

  @Test
  void leavesOutAndCountsWhatIsAboveTheRate() throws InterruptedException {
    LiveFeed feed = feed(new FeedLimits(100, 100, 1, 100, 3));
    FeedSubscription watcher = feed.subscribe(FeedFilter.ALL, Optional.empty()).orElseThrow();

    for (int i = 0; i < 10; i++) {
      publish(feed, "m" + i, "s");
    }

    assertThat(names(take(watcher))).containsExactly("m0", "m1", "m2");
    assertThat(watcher.losses()).isEqualTo(new FeedSubscription.Losses(10, 7, 0));
    assertThat(feed.status().insights()).isEqualTo(10);
  }

  @Test
  void dropsTheOldestOfASlowWatcherAndCountsThem() throws InterruptedException {
    LiveFeed feed = feed(new FeedLimits(100, 100, 1, 2, 1_000));
    FeedSubscription watcher = feed.subscribe(FeedFilter.ALL, Optional.empty()).orElseThrow();

    List.of("a", "b", "c", "d").forEach(id -> publish(feed, id, "s"));

    assertThat(names(take(watcher))).containsExactly("c", "d");
    assertThat(watcher.losses().dropped()).isEqualTo(2);
  }

  @Test
  void sendsOnlyTheLatestStateOfAWindow() throws InterruptedException {
    LiveFeed feed = feed(new FeedLimits(100, 100, 1, 10, 10));
    FeedSubscription watcher = feed.subscribe(FeedFilter.ALL, Optional.empty()).orElseThrow();

    feed.publish(window("s", 0, 1));
    feed.publish(window("s", 1_000, 1));
    feed.publish(window("s", 0, 2));

    List<FeedEvent> taken = take(watcher);
    assertThat(taken).extracting(FeedEvent::sequence).containsExactly(2L, 3L);
    assertThat(taken.get(1).json()).contains("\"count\":2");
  }

  @Test
  void sendsAWatcherOnlyWhatItAskedFor() throws InterruptedException {
    LiveFeed feed = feed(new FeedLimits(100, 100, 1, 10, 10));
    FeedFilter filter = new FeedFilter(Optional.of("b"), Optional.empty(), Optional.empty());
    FeedSubscription watcher = feed.subscribe(filter, Optional.empty()).orElseThrow();

    publish(feed, "of-a", "a");
    publish(feed, "of-b", "b");
    feed.publish(window("a", 0, 1));

    assertThat(names(take(watcher))).containsExactly("of-b");
    assertThat(watcher.status().lastMinute().insights()).isEqualTo(1);
    assertThat(feed.status().lastMinute().insights()).isEqualTo(2);
  }

  @Test
  void givesAReturningWatcherWhatItMissedInOrder() {
    LiveFeed feed = feed(new FeedLimits(3, 100, 5, 10, 10));
    publish(feed, "a", "s");
    feed.publish(window("s", 0, 1));
    publish(feed, "b", "s");

    FeedSubscription back =
        feed.subscribe(FeedFilter.ALL, FeedPosition.parse("run1-1")).orElseThrow();

    assertThat(back.missed()).extracting(FeedEvent::sequence).containsExactly(2L, 3L);
    assertThat(back.hasGap()).isFalse();
  }

  @Test
  void tellsAReturningWatcherWhenItMissedMoreThanIsLeft() {
    LiveFeed feed = feed(new FeedLimits(2, 100, 5, 10, 10));
    List.of("a", "b", "c", "d").forEach(id -> publish(feed, id, "s"));

    FeedSubscription back =
        feed.subscribe(FeedFilter.ALL, FeedPosition.parse("run1-1")).orElseThrow();

    assertThat(names(back.missed())).containsExactly("c", "d");
    assertThat(back.hasGap()).isTrue();
  }

  @Test
  void cutsALongTextBetweenCharacters() {
    LiveFeed feed = feed(new FeedLimits(10, 3, 1, 10, 10));
    Message message = Records.message("a", "ab\uD83D\uDE00cd");
    feed.publish(
        new Insight("a", Records.origin(1), message, "en", null, null, List.of()), NOWHERE, true);

    assertThat(feed.insight("a").orElseThrow().json())
        .contains("\"text\":\"ab\"", "\"textCut\":true", "\"textLength\":6");
  }

  @Test
  void countsNoRateForWhatItReadsBackAtTheStart() {
    LiveFeed feed = feed(new FeedLimits(10, 100, 1, 10, 10));

    feed.publish(
        new Insight(
            "old", Records.origin(1), Records.message("old", "t"), "en", null, null, List.of()),
        NOWHERE,
        false);

    assertThat(feed.status().lastMinute().insights()).isZero();
    assertThat(feed.latest(1, FeedFilter.ALL)).hasSize(1);
  }

  @Test
  void endsItsWatchersWhenItCloses() throws InterruptedException {
    LiveFeed feed = feed(new FeedLimits(10, 100, 1, 10, 10));
    FeedSubscription watcher = feed.subscribe(FeedFilter.ALL, Optional.empty()).orElseThrow();

    feed.close();

    assertThat(watcher.take(Duration.ofMinutes(1))).isEmpty();
    assertThat(watcher.isClosed()).isTrue();
    assertThat(feed.subscribe(FeedFilter.ALL, Optional.empty())).isEmpty();
  }
}
