package io.headwater.aggregator.pipeline;

import io.headwater.schemas.HeadwaterTopics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker every few seconds how far the stages are behind. Owns one thread and its admin
 * client. Whatever fails here is told in the report, and hurts nothing else.
 */
public final class LagWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
  private static final long EVERY_MS = 3_000;

  private final Supplier<Admin> admins;
  private final List<StageReads> reads;
  private final MultiGauge gauge;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "aggregator-lag");
  private volatile LagReport latest = LagReport.NOT_ASKED;
  private Optional<Boolean> known = Optional.empty();

  /** A watch over the river with these topics, not started. */
  public LagWatch(Supplier<Admin> admins, HeadwaterTopics topics, MeterRegistry meters) {
    this.admins = admins;
    this.reads = StageReads.of(topics);
    this.gauge =
        MultiGauge.builder("headwater.lag.records")
            .description("About how many records a stage still has to read of a topic")
            .register(meters);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** What the broker said last. */
  public LagReport latest() {
    return latest;
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(15));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        watch();
      } while (!closing.await(EVERY_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("lag=ended", e);
    }
  }

  private void watch() throws InterruptedException {
    try (Admin admin = admins.get()) {
      LagProbe probe = new LagProbe(admin, reads);
      do {
        show(probe.ask());
      } while (!closing.await(EVERY_MS, TimeUnit.MILLISECONDS));
    } catch (RuntimeException e) {
      show(new LagReport(List.of(), Optional.of(String.valueOf(e.getMessage()))));
    }
  }

  private void show(LagReport report) {
    Optional<Boolean> now = Optional.of(report.error().isEmpty());
    if (!now.equals(known)) {
      // Once, not with each asking: a right that is missing stays missing, and the words change.
      LOG.info("lag_known={} reason=\"{}\"", report.error().isEmpty(), report.error().orElse(""));
    }
    known = now;
    latest = report;
    gauge.register(
        report.stages().stream()
            .map(
                lag ->
                    MultiGauge.Row.of(
                        Tags.of("stage", lag.stage(), "group", lag.group(), "topic", lag.topic()),
                        lag.records()))
            .toList(),
        true);
  }
}
