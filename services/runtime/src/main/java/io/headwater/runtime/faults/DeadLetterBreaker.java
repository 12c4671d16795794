package io.headwater.runtime.faults;

import dev.failsafe.CircuitBreaker;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a service when so many of its last records became dead letters that the fault is hardly
 * theirs: a broken model, a schema mistake, a producer of something else.
 *
 * <pre>
 *   closed ── too many of the last records fail ──▶ open: nothing is read
 *     ▲                                            │      ▲
 *     │                                   pause is over   │
 *     │                                            ▼      │
 *     └── half of a few records pass ───────── probing ── more than half fail
 * </pre>
 *
 * <p>The pattern is Nygard's circuit breaker (Release It!, 2007), by Failsafe. Counts what was
 * processed, not what was committed: a record that is processed again counts again. Thread-safe.
 */
public final class DeadLetterBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterBreaker.class);

  /** Records of a probe; half of them must pass. */
  private static final int PROBE = 20;

  private final BreakerOptions options;
  private final CircuitBreaker<Object> breaker;
  private volatile @Nullable String lastCause;

  /** A breaker whose state is in the telemetry: readiness, and two gauges. */
  public DeadLetterBreaker(BreakerOptions options, Telemetry telemetry) {
    this(options);
    tell(telemetry, "breaker", Tags.empty());
  }

  /**
   * The breaker of one task of a service that has several: its readiness is {@code breaker.TASK},
   * its gauges have the task as a tag.
   */
  public DeadLetterBreaker(BreakerOptions options, Telemetry telemetry, String task) {
    this(options);
    tell(telemetry, "breaker." + task, Tags.of("task", task));
  }

  /** A breaker that nobody watches. */
  public DeadLetterBreaker(BreakerOptions options) {
    this.options = options;
    int window = Math.max(1, options.window());
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(Math.min(window, options.threshold()), window)
            .withSuccessThreshold(PROBE / 2, PROBE)
            .withDelay(options.pause())
            .onOpen(event -> LOG.error("event=breaker_opened reason=\"{}\"", complaint()))
            .onHalfOpen(event -> LOG.info("event=breaker_probes records={}", PROBE))
            .onClose(event -> LOG.info("event=breaker_closed"))
            .build();
  }

  private void tell(Telemetry telemetry, String readiness, Tags tags) {
    Gauge.builder("headwater.dead.letters.share", this, DeadLetterBreaker::share)
        .description("Share of the last records that became dead letters, 0 to 1")
        .tags(tags)
        .register(telemetry.meters());
    Gauge.builder("headwater.breaker.open", this, known -> known.isStopped() ? 1 : 0)
        .description("1 while nothing is read because too many records failed")
        .tags(tags)
        .register(telemetry.meters());
    telemetry.health().readiness(readiness, this::health);
  }

  /** A record went through. */
  public void passed() {
    if (!options.isOff()) {
      breaker.recordSuccess();
    }
  }

  /**
   * A record became a dead letter.
   *
   * @param cause the letter's cause, for the message to the operator
   */
  public void failed(String cause) {
    if (!options.isOff()) {
      // Before the count: the record that opens the breaker gives the reason.
      lastCause = cause;
      breaker.recordFailure();
    }
  }

  /**
   * To be called before anything is committed.
   *
   * @throws TooManyDeadLettersException while nothing may be read
   */
  public void check() {
    if (breaker.isOpen()) {
      throw new TooManyDeadLettersException(complaint());
    }
  }

  /** Whether records may be read; once a pause is over, this begins the probe. */
  public boolean mayRead() {
    // Failsafe hands out permits only to wake an open breaker up here: records are not counted by
    // permits but by what became of them.
    return !breaker.isOpen() || breaker.tryAcquirePermit();
  }

  /** Whether nothing is read now because too many records failed. */
  public boolean isStopped() {
    return breaker.isOpen();
  }

  /** Why nothing is read, and the ways out; empty while all is well. */
  public Optional<String> reason() {
    return isStopped() ? Optional.of(complaint()) : Optional.empty();
  }

  /** How long until the next probe; zero while records may be read. */
  public Duration remainingPause() {
    return breaker.getRemainingDelay();
  }

  private double share() {
    return breaker.getFailureRate() / 100.0;
  }

  private HealthStatus health() {
    return reason()
        .map(HealthStatus::down)
        .orElseGet(() -> HealthStatus.up("%.0f %% dead letters".formatted(100 * share())));
  }

  private String complaint() {
    return ("reading has stopped: %d or more of the last %d records became dead letters (the last:"
            + " %s); mend the model or the schema, it is tried again every %d s; or let them all"
            + " become dead letters with %s=0")
        .formatted(
            options.threshold(),
            options.window(),
            lastCause,
            Math.max(1, options.pause().toSeconds()),
            BreakerOptions.WINDOW);
  }
}
