package io.headwater.runtime.streams;

import static java.util.Objects.requireNonNull;

import io.headwater.runtime.config.OffsetRanges;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a topology stops reading one of its topics. Without it, a topology that works on a stretch
 * of a topic goes on through all that follows, only to drop it.
 *
 * <p>A partition that is read to its end is paused, and called up to date, since Kafka Streams does
 * not process a task while it believes that more is to come for it. What was fetched beyond the end
 * is still handed over: the topology drops it.
 *
 * @param topic the topic
 * @param ranges its stretches
 */
public record RangeEnd(String topic, OffsetRanges ranges) {
  public RangeEnd {
    requireNonNull(topic, "topic");
    requireNonNull(ranges, "ranges");
  }

  /** After a poll, on its thread: pauses what has been read to the end. */
  void pauseFinished(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
    polled
        .nextOffsets()
        .forEach(
            (partition, next) -> {
              if (isBehind(partition, next.offset())
                  && consumer.assignment().contains(partition)
                  && !consumer.paused().contains(partition)) {
                consumer.pause(List.of(partition));
              }
            });
  }

  /** The lag as it counts here: none behind the end. */
  OptionalLong lag(Consumer<?, ?> consumer, TopicPartition partition, OptionalLong known) {
    // A known lag means a known position: asking for it does not wait.
    return known.isPresent()
            && known.getAsLong() > 0
            && isBehind(partition, consumer.position(partition))
        ? OptionalLong.of(0)
        : known;
  }

  private boolean isBehind(TopicPartition partition, long next) {
    return partition.topic().equals(topic)
        && ranges.end(partition.partition()).filter(end -> next >= end).isPresent();
  }

  /** The properties that make {@link RiverClients} keep to it. */
  public Map<String, Object> streamsProperties() {
    return ranges.isEverything() ? Map.of() : Map.of(RiverClients.END, this);
  }
}
