package io.headwater.gateway.kafka;

import static java.util.Objects.requireNonNull;

import io.headwater.runtime.telemetry.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether the river is there, on a thread of its own, and opens the sender
 * the first time it is. What it saw last can be asked from any thread without waiting.
 */
public final class RiverWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RiverWatch.class);

  private final RiverProbe probe;
  private final Supplier<MessageSender> opener;
  private final Duration interval;
  private final Thread thread;
  private volatile HealthStatus status = HealthStatus.down("Kafka has not been asked yet");
  private volatile @Nullable MessageSender sender;

  /**
   * A watch that is not started yet.
   *
   * @param probe what to ask; closed with the watch
   * @param opener opens the sender; called once with success, on the watch's thread
   * @param interval between two looks
   */
  public RiverWatch(RiverProbe probe, Supplier<MessageSender> opener, Duration interval) {
    this.probe = requireNonNull(probe, "probe");
    this.opener = requireNonNull(opener, "opener");
    this.interval = requireNonNull(interval, "interval");
    this.thread = new Thread(this::watch, "gateway-river-watch");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** What was seen last. */
  public HealthStatus status() {
    return status;
  }

  /** The sender, from the first time on that the river was there. */
  public Optional<MessageSender> sender() {
    return Optional.ofNullable(sender);
  }

  /** Stops looking, and closes the sender once it has sent what it holds. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    probe.close();
    MessageSender opened = sender;
    if (opened != null) {
      opened.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tell(look());
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HealthStatus look() throws InterruptedException {
    try {
      List<String> missing = probe.missing();
      if (!missing.isEmpty()) {
        return HealthStatus.down(String.join("; ", missing));
      }
      if (sender == null) {
        sender = opener.get();
      }
      return HealthStatus.up("Kafka answers, the topic is there, its schema is known");
    } catch (RuntimeException e) {
      return HealthStatus.down(String.valueOf(e.getMessage()));
    }
  }

  private void tell(HealthStatus now) {
    if (!now.equals(status)) {
      LOG.info("event=river_watch ready={} detail=\"{}\"", now.ok(), now.detail());
    }
    status = now;
  }
}
