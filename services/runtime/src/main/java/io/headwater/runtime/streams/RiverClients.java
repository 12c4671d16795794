package io.headwater.runtime.streams;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
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
 * Kafka Streams' clients, as its own, but for a main consumer that keeps to a {@link ReadPace} and
 * stops at a {@link RangeEnd}. Kafka Streams makes it, by its class.
 */
public final class RiverClients implements KafkaClientSupplier, Configurable {
  /** Property that holds the {@link RangeEnd}. */
  static final String END = "headwater.range.end";

  private @Nullable RangeEnd end;
  private Duration longestRest = Duration.ZERO;

  @Override
  public void configure(Map<String, ?> properties) {
    end = (RangeEnd) properties.get(END);
    // What is read waits for its commit all the same.
    longestRest =
        PromptCommit.longestWait(properties).map(ReadPace::longestRest).orElse(Duration.ZERO);
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
    return new MainConsumer(
        properties, new ReadPace(CommitPace.MACHINE, longestRest, System::nanoTime), end);
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

  private static final class MainConsumer extends KafkaConsumer<byte[], byte[]> {
    private final ReadPace pace;
    private final @Nullable RangeEnd end;

    MainConsumer(Map<String, Object> properties, ReadPace pace, @Nullable RangeEnd end) {
      super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.pace = pace;
      this.end = end;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      Duration rest = pace.rest();
      if (!rest.isZero()) {
        LockSupport.parkNanos(rest.toNanos());
      }
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      pace.read(records);
      if (end != null) {
        end.pauseFinished(this, records);
      }
      return records;
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
      OptionalLong known = super.currentLag(partition);
      return end == null ? known : end.lag(this, partition, known);
    }
  }
}
