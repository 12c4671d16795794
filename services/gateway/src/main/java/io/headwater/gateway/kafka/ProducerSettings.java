package io.headwater.gateway.kafka;

import static java.util.Objects.requireNonNull;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.TopicPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How a producer of messages sends: acknowledged by all replicas, each once, in order per key.
 *
 * @param deliveryTimeout how long Kafka may take to acknowledge
 * @param maxBlock how long handing over a message may hold its thread
 * @param bufferBytes memory for what is not sent yet
 */
public record ProducerSettings(Duration deliveryTimeout, Duration maxBlock, long bufferBytes) {
  /** Sending must not hold its thread: in-flight bounds keep the buffer from filling. */
  private static final Duration MAX_BLOCK = Duration.ofSeconds(1);

  private static final Duration LINGER = Duration.ofMillis(5);

  /** Room that a record takes besides its text: key, header, ids. */
  private static final long RECORD_OVERHEAD_BYTES = 512;

  private static final long SPARE_BYTES = 16L << 20;

  public ProducerSettings {
    requireNonNull(deliveryTimeout, "deliveryTimeout");
    requireNonNull(maxBlock, "maxBlock");
    if (deliveryTimeout.toMillis() < 100) {
      throw new IllegalArgumentException("The delivery timeout is at least 100 ms");
    }
  }

  /** Settings with a buffer for as much as may be in flight. */
  public static ProducerSettings forInflight(Duration deliveryTimeout, int messages, long bytes) {
    return new ProducerSettings(
        deliveryTimeout, MAX_BLOCK, bytes + messages * RECORD_OVERHEAD_BYTES + SPARE_BYTES);
  }

  /** The same, for a thread that may be held: there is no request to answer. */
  public ProducerSettings blocking(Duration longest) {
    return new ProducerSettings(deliveryTimeout, longest, bufferBytes);
  }

  /** The producer's properties; what the promise rests on cannot be overridden. */
  public Map<String, Object> properties(KafkaConnection kafka) {
    Map<String, Object> own = new HashMap<>();
    own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(deliveryTimeout));
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(deliveryTimeout.dividedBy(2)));
    own.put(ProducerConfig.LINGER_MS_CONFIG, LINGER.toMillis());
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock.toMillis());
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
    own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.DEFAULT_MAX_RECORD_BYTES);
    own.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    own.put(ProducerConfig.CLIENT_ID_CONFIG, "headwater-gateway");
    Map<String, Object> all = kafka.forProducer(own);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return all;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
