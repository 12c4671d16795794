package io.headwater.runtime.streams;

import io.headwater.runtime.config.GroupSession;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.faults.TooManyDeadLettersException;
import io.headwater.runtime.lifecycle.StateHolder;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one topology with {@code exactly_once_v2}: replaces a stream thread that dies of its
 * environment, pauses while the breaker is open, tells the service's health, and hands over Kafka's
 * metrics. Owned by its service.
 */
public final class StreamsRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration PAUSE_BEFORE_REPLACEMENT = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final long LOOK_AT_BREAKER_MS = 250;

  /**
   * How often Kafka Streams looks up from waiting for records. A commit that is due waits for that:
   * with the default of 100 ms no commit interval could be shorter.
   */
  private static final long POLL_MS = 25;

  private final KafkaStreams streams;
  private final List<DeadLetterBreaker> breakers;
  private final ScheduledExecutorService waker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "headwater-streams-waker");
            thread.setDaemon(true);
            return thread;
          });
  private final KafkaStreamsMetrics metrics;
  private final Counter replaced;

  /**
   * Prepares the topology's run.
   *
   * @param topology what to run
   * @param properties of Kafka Streams; the processing guarantee is set here, and the commit
   *     interval is taken for that of {@link PromptCommit}; clients are {@link RiverClients}
   * @param breaker when a processor finds it open and throws, the topology is paused until it may
   *     read again; the records in hand were not committed and come again
   * @param telemetry gets metrics and a readiness check
   * @param state told when it runs and when it fails
   */
  public StreamsRunner(
      Topology topology,
      Map<String, Object> properties,
      DeadLetterBreaker breaker,
      Telemetry telemetry,
      StateHolder state) {
    this(topology, properties, List.of(breaker), telemetry, state);
  }

  /**
   * The same for a topology whose parts have a breaker each. While one of them is open, all pause.
   */
  public StreamsRunner(
      Topology topology,
      Map<String, Object> properties,
      List<DeadLetterBreaker> breakers,
      Telemetry telemetry,
      StateHolder state) {
    this.streams = new KafkaStreams(topology, exactlyOnce(properties));
    this.breakers = List.copyOf(breakers);
    this.metrics = new KafkaStreamsMetrics(streams);
    this.replaced =
        Counter.builder("headwater.stream.threads.replaced")
            .description("Stream threads that died and were replaced")
            .register(telemetry.meters());
    streams.setUncaughtExceptionHandler(this::replace);
    streams.setStateListener(
        (now, before) -> {
          LOG.info(
              "event=streams_state service={} from={} to={}", telemetry.service(), before, now);
          if (now == KafkaStreams.State.RUNNING) {
            state.running();
          } else if (now == KafkaStreams.State.ERROR) {
            state.failed(new IllegalStateException("Kafka Streams stopped with an error"));
          }
        });
    telemetry.health().readiness("streams", this::readiness);
    telemetry.health().liveness("streams", this::liveness);
    metrics.bindTo(telemetry.meters());
    watchDisk(properties, telemetry);
  }

  /** Starts the threads; they find the broker in their own time. */
  public void start() {
    streams.start();
    var unused =
        waker.scheduleWithFixedDelay(
            this::resumeWhenAllowed, LOOK_AT_BREAKER_MS, LOOK_AT_BREAKER_MS, TimeUnit.MILLISECONDS);
  }

  /** The running streams, for interactive queries. */
  public KafkaStreams streams() {
    return streams;
  }

  @Override
  public void close() {
    waker.shutdownNow();
    metrics.close();
    // Leaving the group hands the tasks over now: otherwise others, and this one after a restart,
    // wait for the session to time out.
    CloseOptions leaving =
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    if (!streams.close(leaving)) {
      LOG.warn("event=streams_close_timeout seconds={}", CLOSE_TIMEOUT.toSeconds());
    }
  }

  /** A topology that keeps state has made its folder by now; another has none. */
  private static void watchDisk(Map<String, Object> properties, Telemetry telemetry) {
    Path state = Path.of(String.valueOf(properties.get(StreamsConfig.STATE_DIR_CONFIG)));
    if (Files.isDirectory(state)) {
      new DiskSpaceMetrics(state.toFile()).bindTo(telemetry.meters());
    }
  }

  private HealthStatus readiness() {
    KafkaStreams.State now = streams.state();
    return new HealthStatus(now == KafkaStreams.State.RUNNING, "Kafka Streams is " + now);
  }

  private HealthStatus liveness() {
    KafkaStreams.State now = streams.state();
    return new HealthStatus(now != KafkaStreams.State.ERROR, "Kafka Streams is " + now);
  }

  /**
   * Called by the dying stream thread: its tasks come back from their last committed transaction.
   */
  private StreamThreadExceptionResponse replace(Throwable failure) {
    if (hasCause(failure, TooManyDeadLettersException.class)) {
      // KIP-834: paused tasks stay assigned, and nothing is fetched for them.
      streams.pause();
      LOG.warn("event=reading_paused seconds={}", remainingPause().toSeconds());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    replaced.increment();
    LOG.error("event=stream_thread_died action=replace", failure);
    LockSupport.parkNanos(PAUSE_BEFORE_REPLACEMENT.toNanos());
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private void resumeWhenAllowed() {
    if (streams.isPaused() && breakers.stream().allMatch(DeadLetterBreaker::mayRead)) {
      streams.resume();
      LOG.info("event=reading_resumed");
    }
  }

  private Duration remainingPause() {
    return breakers.stream()
        .map(DeadLetterBreaker::remainingPause)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  static Properties exactlyOnce(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putIfAbsent(StreamsConfig.consumerPrefix("session.timeout.ms"), GroupSession.TIMEOUT_MS);
    all.putIfAbsent(
        StreamsConfig.consumerPrefix("heartbeat.interval.ms"), GroupSession.HEARTBEAT_MS);
    all.putIfAbsent(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
    PromptCommit.configure(all);
    all.putIfAbsent(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, RiverClients.class);
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    Properties result = new Properties();
    result.putAll(all);
    return result;
  }
}
