package io.headwater.aggregator.streams;

import io.headwater.aggregator.avro.WindowTally;
import io.headwater.aggregator.query.WindowCluster;
import io.headwater.aggregator.topology.WindowStores;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowCounting;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.avro.SentimentWindow;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** The windows in the stores of running streams. Thread-safe; the streams are not its own. */
public final class StreamsWindows implements WindowCluster {
  private final KafkaStreams streams;
  private final URI self;
  private final int partitions;

  /**
   * The windows of one instance.
   *
   * @param self base URL of this instance, as peers reach it
   * @param partitions of the river's topics
   */
  public StreamsWindows(KafkaStreams streams, URI self, int partitions) {
    this.streams = streams;
    this.self = self;
    this.partitions = partitions;
  }

  /** Kafka Streams' own word for the state of the streams. */
  public String state() {
    return streams.state().toString();
  }

  @Override
  public URI self() {
    return self;
  }

  @Override
  public List<URI> peers() {
    return metadata().stream()
        .map(StreamsMetadata::hostInfo)
        .filter(host -> !host.equals(HostInfo.unavailable()))
        .map(host -> URI.create(self.getScheme() + "://" + host.host() + ":" + host.port()))
        .filter(peer -> !peer.equals(self))
        .distinct()
        .toList();
  }

  @Override
  public Set<Integer> unassigned() {
    Set<Integer> open = new TreeSet<>(IntStream.range(0, partitions).boxed().toList());
    for (StreamsMetadata instance : metadata()) {
      instance.topicPartitions().stream()
          .filter(partition -> partition.topic().contains(WindowStores.SAMPLES))
          .forEach(partition -> open.remove(partition.partition()));
    }
    return open;
  }

  private List<StreamsMetadata> metadata() {
    try {
      return List.copyOf(streams.metadataForAllStreamsClients());
    } catch (IllegalStateException e) {
      // Not started, or closed: nobody is known.
      return List.of();
    }
  }

  @Override
  public void read(
      WindowSize size,
      Optional<SeriesKey> series,
      long from,
      long to,
      Consumer<SentimentWindow> windows) {
    Instant first = Instant.ofEpochMilli(from);
    Instant last = Instant.ofEpochMilli(to);
    try {
      ReadOnlyWindowStore<SeriesKey, WindowTally> store =
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  WindowStores.name(size), QueryableStoreTypes.windowStore()));
      if (series.isPresent()) {
        readSeries(store, size, series.get(), first, last, windows);
      } else {
        readAll(store, size, first, last, windows);
      }
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotServingException("is " + state() + ", its windows are being moved or restored");
    }
  }

  private static void readSeries(
      ReadOnlyWindowStore<SeriesKey, WindowTally> store,
      WindowSize size,
      SeriesKey series,
      Instant first,
      Instant last,
      Consumer<SentimentWindow> windows) {
    try (WindowStoreIterator<WindowTally> found = store.fetch(series, first, last)) {
      while (found.hasNext()) {
        KeyValue<Long, WindowTally> next = found.next();
        windows.accept(WindowCounting.window(series, size, next.key, next.value));
      }
    }
  }

  private static void readAll(
      ReadOnlyWindowStore<SeriesKey, WindowTally> store,
      WindowSize size,
      Instant first,
      Instant last,
      Consumer<SentimentWindow> windows) {
    try (KeyValueIterator<Windowed<SeriesKey>, WindowTally> found = store.fetchAll(first, last)) {
      while (found.hasNext()) {
        KeyValue<Windowed<SeriesKey>, WindowTally> next = found.next();
        windows.accept(
            WindowCounting.window(next.key.key(), size, next.key.window().start(), next.value));
      }
    }
  }
}
