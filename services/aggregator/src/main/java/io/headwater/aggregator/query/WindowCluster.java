package io.headwater.aggregator.query;

import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.avro.SentimentWindow;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The instances of this service and the windows of this one, as Kafka Streams tells them.
 * Thread-safe.
 */
public interface WindowCluster {
  /** Base URL of this instance. */
  URI self();

  /** Base URLs of the other instances. Empty while nothing is known of them. */
  List<URI> peers();

  /** Partitions of windows that no instance holds at the moment. */
  Set<Integer> unassigned();

  /**
   * Reads this instance's windows of one series, or of all.
   *
   * @param series the one asked for; empty: all
   * @throws NotServingException while the stores move
   */
  void read(
      WindowSize size,
      Optional<SeriesKey> series,
      long from,
      long to,
      Consumer<SentimentWindow> windows);

  /** The stores are being moved or restored. */
  final class NotServingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotServingException(String reason) {
      super(reason);
    }
  }
}
