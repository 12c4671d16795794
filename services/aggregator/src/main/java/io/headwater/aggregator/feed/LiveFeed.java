package io.headwater.aggregator.feed;

import io.headwater.aggregator.feed.FeedSubscription.Backlog;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowCounting;
import io.headwater.avro.Insight;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;

/**
 * The latest insights and windows of the whole river, and those who watch them. Thread-safe: one
 * reader publishes, HTTP threads ask and subscribe.
 */
public final class LiveFeed implements AutoCloseable {
  /** Most characters of an event besides its texts: names are not that long. */
  private static final int LONGEST_NAMES = 16 * 1024;

  /** A control character in a text takes six characters in JSON. */
  private static final int LONGEST_ESCAPE = 6;

  private final FeedLimits limits;
  private final Clock clock;
  private final FeedJson json;
  private final Predicate<Origin> explained;
  private final String run;
  private final Object lock = new Object();
  private final FeedRing insights;
  private final FeedRing windows;
  private final RateMeter rate;
  private final SeenNames sources = new SeenNames();
  private final SeenNames languages = new SeenNames();
  private final Set<FeedSubscription> subscriptions = new CopyOnWriteArraySet<>();
  private long sequence;
  private long insightsSeen;
  private long windowsSeen;
  private Optional<Long> latestAt = Optional.empty();
  private boolean connected;
  private boolean closed;

  /**
   * An empty feed.
   *
   * @param run name of this run of this instance, without which a watcher's place means nothing
   */
  public LiveFeed(FeedLimits limits, Clock clock, String run) {
    this(limits, clock, run, origin -> false);
  }

  /**
   * An empty feed that knows which messages are explained.
   *
   * @param explained whether there is an explanation of the message at an origin; asked once, when
   *     its insight comes
   */
  public LiveFeed(FeedLimits limits, Clock clock, String run, Predicate<Origin> explained) {
    this.limits = limits;
    this.clock = clock;
    this.run = run;
    this.json = new FeedJson(limits.textLimit());
    this.explained = explained;
    this.insights = new FeedRing(limits.size());
    this.windows = new FeedRing(limits.size());
    this.rate = new RateMeter(clock);
  }

  /**
   * Shows an insight to everybody.
   *
   * @param place what its record tells besides
   * @param isNew false for those read back at the start: they are shown, but they are no rate
   * @return false when it is left out, since names in it are longer than anybody would read
   */
  public boolean publish(Insight insight, InsightPlace place, boolean isNew) {
    boolean isExplained = explained.test(insight.getOrigin());
    String text = json.insight(insight, place.timestamp(), isExplained);
    if (isTooLong(text)) {
      return false;
    }
    SentimentScore score = insight.getSentiment();
    String label = score == null ? "" : score.getLabel();
    String source = insight.getMessage().getSource();
    InsightDetail detail = InsightDetail.of(insight, place, isExplained);
    synchronized (lock) {
      FeedEvent event =
          new FeedEvent(
              ++sequence,
              FeedEvent.Kind.INSIGHT,
              insight.getMessageId(),
              source,
              insight.getLanguage(),
              label,
              text,
              Optional.of(detail));
      insights.add(event);
      sources.add(source);
      languages.add(insight.getLanguage());
      if (isNew) {
        insightsSeen++;
        latestAt = Optional.of(clock.millis());
        rate.count(
            SeriesKey.of(source, insight.getLanguage()),
            label,
            score == null ? 0 : WindowCounting.polarity(score));
      }
      subscriptions.forEach(subscription -> subscription.offer(event));
    }
    return true;
  }

  /**
   * Shows the new state of a window to everybody.
   *
   * @return false when it is left out, as an insight may be
   */
  public boolean publish(SentimentWindow window) {
    String text = json.window(window);
    if (isTooLong(text)) {
      return false;
    }
    synchronized (lock) {
      FeedEvent event =
          new FeedEvent(
              ++sequence,
              FeedEvent.Kind.WINDOW,
              "%d/%d/%d/%s/%s"
                  .formatted(
                      window.getWindowSizeMs(),
                      window.getWindowStart().toEpochMilli(),
                      window.getSource().length(),
                      window.getSource(),
                      window.getLanguage()),
              window.getSource(),
              window.getLanguage(),
              "",
              text,
              Optional.empty());
      windows.add(event);
      windowsSeen++;
      subscriptions.forEach(subscription -> subscription.offer(event));
    }
    return true;
  }

  /** An event holds two texts at most. What is longer would be kept a thousand times. */
  private boolean isTooLong(String event) {
    return event.length() > LONGEST_NAMES + 2L * LONGEST_ESCAPE * limits.textLimit();
  }

  /** Says whether the reader reads. */
  public void connected(boolean now) {
    synchronized (lock) {
      connected = now;
    }
  }

  /**
   * Begins to watch.
   *
   * @param last the place of the last event seen; empty for a new watcher, who misses nothing
   * @return empty when there are too many watchers, or the feed is closed
   */
  public Optional<FeedSubscription> subscribe(FeedFilter filter, Optional<FeedPosition> last) {
    synchronized (lock) {
      if (closed || subscriptions.size() >= limits.clients()) {
        return Optional.empty();
      }
      Backlog backlog =
          last.map(place -> missed(filter, place)).orElse(new Backlog(List.of(), false));
      FeedSubscription subscription = new FeedSubscription(this, filter, backlog);
      subscriptions.add(subscription);
      return Optional.of(subscription);
    }
  }

  private Backlog missed(FeedFilter filter, FeedPosition place) {
    if (!place.run().equals(run) || place.sequence() > sequence) {
      return new Backlog(List.of(), true);
    }
    List<FeedEvent> events = new ArrayList<>(insights.after(place.sequence(), filter));
    events.addAll(windows.after(place.sequence(), filter));
    events.sort(Comparator.comparingLong(FeedEvent::sequence));
    return new Backlog(
        events, insights.lostAfter(place.sequence()) || windows.lostAfter(place.sequence()));
  }

  /** The newest insights, newest first. */
  public List<FeedEvent> latest(int limit, FeedFilter filter) {
    synchronized (lock) {
      return insights.newest(limit, filter);
    }
  }

  /** The newest insight of the message with that id, if it is still here. */
  public Optional<FeedEvent> insight(String messageId) {
    synchronized (lock) {
      return insights.named(messageId);
    }
  }

  /** How the whole feed is doing. */
  public FeedStatus status() {
    return status(FeedFilter.ALL);
  }

  /** How the feed is doing; the last minute is that of the source and language asked for. */
  public FeedStatus status(FeedFilter filter) {
    synchronized (lock) {
      return new FeedStatus(
          connected,
          insightsSeen,
          windowsSeen,
          latestAt,
          subscriptions.size(),
          rate.lastMinute(filter),
          sources.sorted(),
          languages.sorted());
    }
  }

  /** The id of an event, for a watcher who comes back. */
  public String idOf(FeedEvent event) {
    return new FeedPosition(run, event.sequence()).toString();
  }

  FeedLimits limits() {
    return limits;
  }

  Clock clock() {
    return clock;
  }

  void remove(FeedSubscription subscription) {
    subscriptions.remove(subscription);
  }

  /** Ends all subscriptions, so that the threads of their watchers end. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      subscriptions.forEach(FeedSubscription::end);
    }
  }
}
