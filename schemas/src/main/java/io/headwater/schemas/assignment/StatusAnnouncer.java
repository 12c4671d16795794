package io.headwater.schemas.assignment;

import io.headwater.avro.ModelStatus;
import io.headwater.avro.Readiness;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.RegistryUnavailableException;
import io.headwater.schemas.SchemaNotRegisteredException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the river what an instance has ready, and again every few seconds while it lives. Owns its
 * thread and its producer. When it cannot be told, it is told at the next turn.
 */
public final class StatusAnnouncer implements AutoCloseable {
  /** How often what an instance has said is said again. */
  public static final Duration RENEWAL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(StatusAnnouncer.class);

  private final Producer<byte[], byte[]> producer;
  private final RecordEncoder<ModelStatus> encoder;
  private final String topic;
  private final Clock clock;
  private final Map<String, ModelStatus> statuses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "headwater-models-status");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An announcer that has nothing to say yet.
   *
   * @param producer the announcer's to close
   * @param topic name of the topic that the encoder is for
   */
  public StatusAnnouncer(
      Producer<byte[], byte[]> producer,
      RecordEncoder<ModelStatus> encoder,
      String topic,
      Clock clock) {
    this.producer = producer;
    this.encoder = encoder;
    this.topic = topic;
    this.clock = clock;
    var unused =
        renewals.scheduleWithFixedDelay(
            () -> statuses.values().forEach(this::send),
            RENEWAL.toMillis(),
            RENEWAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Properties of its producer, under those of the user. */
  public static Map<String, Object> producerProperties(String clientId) {
    return Map.of("client.id", clientId, "acks", "all", "max.block.ms", "5000");
  }

  /** The key of a status. */
  public static String key(ModelStatus status) {
    return "%s/%s/%s".formatted(status.getService(), status.getInstance(), status.getTask());
  }

  /** Tells a status now, and from now on. */
  public void announce(ModelStatus status) {
    statuses.put(key(status), status);
    renewals.execute(() -> send(status));
  }

  private void send(ModelStatus status) {
    // What has been replaced meanwhile is not told after what replaced it.
    if (!status.equals(statuses.get(key(status)))) {
      return;
    }
    try {
      ModelStatus now = ModelStatus.newBuilder(status).setAt(clock.instant()).build();
      write(key(status), encoder.encode(now));
    } catch (KafkaException | RegistryUnavailableException | SchemaNotRegisteredException e) {
      LOG.warn("event=status_not_told topic={} reason=\"{}\"", topic, e.getMessage());
    }
  }

  @SuppressWarnings("NullAway") // a tombstone has no value
  private void write(String key, byte @Nullable [] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value),
            (metadata, failure) -> {
              if (failure != null) {
                LOG.warn("event=status_not_told topic={} reason=\"{}\"", topic, failure.toString());
              }
            });
  }

  /** Says that the instance has ended. What was refused stays to be read for a while. */
  @Override
  public void close() {
    renewals.shutdown();
    try {
      if (!renewals.awaitTermination(5, TimeUnit.SECONDS)) {
        renewals.shutdownNow();
      }
      statuses.forEach(
          (key, status) -> {
            if (status.getState() != Readiness.REFUSED) {
              write(key, null);
            }
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warn("event=status_not_told topic={} reason=\"{}\"", topic, e.getMessage());
    } finally {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
