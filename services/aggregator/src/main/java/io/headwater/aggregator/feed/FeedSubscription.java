package io.headwater.aggregator.feed;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one watcher. Bounded: a watcher that is slow loses the oldest insights, and older
 * states of windows are replaced by newer ones. The feed's reader puts in, the watcher's thread
 * takes out.
 */
public final class FeedSubscription implements AutoCloseable {
  private static final int MOST_WINDOWS = 2_000;

  private final LiveFeed feed;
  private final FeedFilter filter;
  private final FeedLimits limits;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<FeedEvent> insights = new ArrayDeque<>();
  private final LinkedHashMap<String, FeedEvent> windows = new LinkedHashMap<>();
  private final List<FeedEvent> missed;
  private final boolean gap;
  private long second;
  private int thisSecond;
  private long matching;
  private long sampledOut;
  private long dropped;
  private boolean closed;

  FeedSubscription(LiveFeed feed, FeedFilter filter, Backlog backlog) {
    this.feed = feed;
    this.filter = filter;
    this.limits = feed.limits();
    this.clock = feed.clock();
    this.missed = backlog.events();
    this.gap = backlog.gap();
  }

  /** What the watcher missed while it was away, oldest first. */
  public List<FeedEvent> missed() {
    return missed;
  }

  /** Whether it missed more than the feed still has. */
  public boolean hasGap() {
    return gap;
  }

  /** How the feed is doing, for what is watched. */
  public FeedStatus status() {
    return feed.status(filter);
  }

  /** Insights that it is sent in a second at most. */
  public int maxPerSecond() {
    return limits.eventsPerSecond();
  }

  /** Puts one event in. Never waits for the watcher. */
  void offer(FeedEvent event) {
    if (!filter.matches(event)) {
      return;
    }
    lock.lock();
    try {
      if (event.kind() == FeedEvent.Kind.WINDOW) {
        offerWindow(event);
      } else {
        offerInsight(event);
      }
    } finally {
      lock.unlock();
    }
  }

  private void offerInsight(FeedEvent event) {
    matching++;
    long now = Math.floorDiv(clock.millis(), 1_000L);
    if (now != second) {
      second = now;
      thisSecond = 0;
    }
    if (++thisSecond > limits.eventsPerSecond()) {
      sampledOut++;
      return;
    }
    if (insights.size() == limits.queue()) {
      insights.removeFirst();
      dropped++;
    }
    insights.addLast(event);
    arrived.signal();
  }

  private void offerWindow(FeedEvent event) {
    windows.remove(event.name());
    windows.put(event.name(), event);
    if (windows.size() > MOST_WINDOWS) {
      Iterator<FeedEvent> oldest = windows.values().iterator();
      oldest.next();
      oldest.remove();
      dropped++;
    }
    arrived.signal();
  }

  /**
   * Takes all that waits, in the order of the feed.
   *
   * @return empty when nothing came in that time, or when the feed has ended
   */
  public List<FeedEvent> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (insights.isEmpty() && windows.isEmpty() && !closed && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      List<FeedEvent> taken = new ArrayList<>(insights.size() + windows.size());
      taken.addAll(insights);
      taken.addAll(windows.values());
      taken.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
      insights.clear();
      windows.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** What was left out so far. */
  public Losses losses() {
    lock.lock();
    try {
      return new Losses(matching, sampledOut, dropped);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the feed, or the watcher, has ended it. */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    feed.remove(this);
    end();
  }

  void end() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a watcher gets and does not get.
   *
   * @param matching insights that passed its filter
   * @param sampledOut those left out to keep to the rate
   * @param dropped events lost because it was slow
   */
  public record Losses(long matching, long sampledOut, long dropped) {}

  /**
   * What came while a watcher was away.
   *
   * @param gap whether there was more
   */
  record Backlog(List<FeedEvent> events, boolean gap) {
    Backlog {
      events = List.copyOf(events);
    }
  }
}
