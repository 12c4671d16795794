package io.headwater.scorer;

import io.headwater.runtime.config.GroupSession;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of one task, with the properties that the scorer's guarantees rest on. */
final class ScorerClients {
  private static final int MIB = 1024 * 1024;

  private final ScorerConfig config;
  private final KafkaConnection kafka;
  private final String task;

  ScorerClients(ScorerConfig config, KafkaConnection kafka, String task) {
    this.config = config;
    this.kafka = kafka;
    this.task = task;
  }

  /**
   * Tells rivers apart too: the broker's quotas go by it. That of sentiment is older than the other
   * tasks, and has no task in it.
   */
  private String clientId() {
    String own = task.equals(HeadwaterTopics.SENTIMENT) ? "" : task + "-";
    return kafka.topicsPrefix() + "headwater-scorer-" + own + config.instanceId();
  }

  private String group() {
    return new HeadwaterGroups(kafka.topicsPrefix()).scorer(task);
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> own = new HashMap<>();
    own.put(ConsumerConfig.GROUP_ID_CONFIG, group());
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId());
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
    own.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, GroupSession.TIMEOUT_MS);
    own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, GroupSession.HEARTBEAT_MS);
    own.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 * MIB);
    own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * MIB);
    Map<String, Object> properties = kafka.forConsumer(own);
    // Not the user's to change: the exactly-once promise rests on these.
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Map<String, Object> producerProperties() {
    Map<String, Object> own = new HashMap<>();
    own.put(ProducerConfig.CLIENT_ID_CONFIG, clientId());
    own.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    own.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.MAX_DEAD_LETTER_BYTES);
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * TopicPlan.MAX_DEAD_LETTER_BYTES);
    own.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // A transaction only spans the sending. After a kill -9, readers wait at most this long for it.
    own.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 14_000);
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    Map<String, Object> properties = kafka.forProducer(own);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group() + "-" + config.instanceId());
    return properties;
  }
}
