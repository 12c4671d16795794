package io.headwater.aggregator.feed;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.aggregator.pipeline.LetterTally;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.SentimentWindow;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.RecordDecoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A topic that is shown, and what becomes of its records.
 *
 * @param back about how many records are read back at the start
 * @param <V> type of its values
 */
public record FeedShow<V extends SpecificRecord>(
    RecordDecoder<V> decoder, int back, Handler<V> handler) {
  /** Enough to count those of the last hour, unless all goes wrong. */
  private static final int LETTERS_BACK = 2_000;

  public FeedShow {
    requireNonNull(decoder, "decoder");
    requireNonNull(handler, "handler");
  }

  /** Takes the records of one topic. Called by the reader's thread. */
  @FunctionalInterface
  public interface Handler<V> {
    /**
     * Takes one record.
     *
     * @param isNew false for those read back at the start
     * @return false when it is left out
     */
    boolean show(V value, ConsumerRecord<byte[], byte[]> record, boolean isNew);
  }

  /** All insights, in that feed; of the new ones, it is measured how long they took. */
  public static FeedShow<Insight> insights(
      RecordDecoder<Insight> decoder, LiveFeed feed, LatencyMeter latencies) {
    return new FeedShow<>(
        decoder,
        feed.limits().size(),
        (insight, record, isNew) -> {
          InsightPlace place = InsightPlace.of(record);
          if (isNew) {
            latencies.count(insight, place);
          }
          return feed.publish(insight, place, isNew);
        });
  }

  /** All dead letters, counted. */
  public static FeedShow<DeadLetter> letters(RecordDecoder<DeadLetter> decoder, LetterTally tally) {
    return new FeedShow<>(
        decoder,
        LETTERS_BACK,
        (letter, record, isNew) -> {
          tally.count(letter, record.timestamp(), isNew);
          return true;
        });
  }

  /** All windows, in that feed. */
  public static FeedShow<SentimentWindow> windows(
      RecordDecoder<SentimentWindow> decoder, LiveFeed feed) {
    return new FeedShow<>(
        decoder, feed.limits().size(), (window, record, isNew) -> feed.publish(window));
  }

  String topic() {
    return decoder.topic().name();
  }

  boolean show(ConsumerRecord<byte[], byte[]> record, boolean isNew) {
    Decoded<V> decoded = decoder.decode(record.value());
    return decoded instanceof Healthy<V> healthy && handler.show(healthy.value(), record, isNew);
  }
}
