package io.headwater.runtime.streams;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams' clients, as its own, but for a main consumer that stops at a {@link RangeEnd}.
 * Kafka Streams makes it, by its class.
 */
public final class RangedClients implements KafkaClientSupplier, Configurable {
  /** Property that holds the {@link RangeEnd}. */
  static final String END = "headwater.range.end";

  private @Nullable RangeEnd end;

  @Override
  public void configure(Map<String, ?> properties) {
    end = (RangeEnd) properties.get(END);
  }

  @Override
  public Admin getAdmin(Map<String, Object> properties) {
    return Admin.create(properties);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> properties) {
    RangeEnd known = end;
    return known == null ? plain(properties) : new RangedConsumer(properties, known);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> properties) {
    return plain(properties);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> properties) {
    return plain(properties);
  }

  private static Consumer<byte[], byte[]> plain(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static final class RangedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final RangeEnd end;

    RangedConsumer(Map<String, Object> properties, RangeEnd end) {
      super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.end = end;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      end.pauseFinished(this, records);
      return records;
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
      return end.lag(this, partition, super.currentLag(partition));
    }
  }
}
