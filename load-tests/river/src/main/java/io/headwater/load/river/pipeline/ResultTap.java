package io.headwater.load.river.pipeline;

import io.headwater.faults.cluster.CommittedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads the committed results of one topic as they come. Owned by one thread. */
public final class ResultTap implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Services start, models load. */
  private static final Duration FIRST_LIMIT = Duration.ofMinutes(2);

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(4);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Function<byte[], Seen> reader;
  private final Map<Long, String> labels = new HashMap<>();
  private long repeated;

  /**
   * From the topic's present end.
   *
   * @param reader of a record's value
   */
  public ResultTap(String bootstrapServers, String topic, Function<byte[], Seen> reader) {
    this.reader = reader;
    this.consumer = CommittedReader.of(bootstrapServers, topic);
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** What has come, or nothing when the time is over. */
  public List<Seen> poll(Duration patience) {
    List<Seen> seen = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      Seen each = reader.apply(record.value());
      if (labels.put(each.number(), each.label()) != null) {
        repeated++;
      }
      seen.add(each);
    }
    return seen;
  }

  /**
   * Waits for the first results.
   *
   * @return how many came
   * @throws IllegalStateException if nothing comes within two minutes
   */
  public long awaitFirst() {
    long end = System.nanoTime() + FIRST_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      int came = poll(LOOK).size();
      if (came > 0) {
        return came;
      }
    }
    throw new IllegalStateException(
        "No result came within %d s".formatted(FIRST_LIMIT.toSeconds()));
  }

  /**
   * Waits until so many more have come.
   *
   * @throws IllegalStateException if they have not within four minutes
   */
  public void awaitMore(long results) {
    long left = results;
    long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (left > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%d messages did not come out within %d s".formatted(left, DRAIN_LIMIT.toSeconds()));
      }
      left -= poll(LOOK).size();
    }
  }

  /** All labels so far, by number. */
  public Map<Long, String> labels() {
    return Map.copyOf(labels);
  }

  /** How many results were of a message that had one already. */
  public long repeated() {
    return repeated;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
