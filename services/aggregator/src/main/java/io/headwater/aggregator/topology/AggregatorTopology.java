package io.headwater.aggregator.topology;

import io.headwater.aggregator.avro.WindowSample;
import io.headwater.aggregator.avro.WindowTally;
import io.headwater.aggregator.join.Pending;
import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.aggregator.state.PendingSerde;
import io.headwater.aggregator.state.StateSerde;
import io.headwater.aggregator.state.StoreKeys;
import io.headwater.aggregator.topology.JoinOutcome.Joined;
import io.headwater.aggregator.topology.JoinOutcome.Refused;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowCounting;
import io.headwater.aggregator.window.WindowRule;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.avro.SentimentWindow;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.schemas.HeadwaterTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The aggregator's flow.
 *
 * <pre>
 *   messages ─────────────┐
 *   scores.sentiment ─────┼─▶ join (store: pending) ─┬─▶ insights
 *   scores.translation ───┘                          ├─▶ dead-letters
 *                                                    └─▶ by source and language ─▶ 1s, 1m, 1h
 *                                                          (stores: windows-…) ─▶ sentiment.windows
 * </pre>
 */
public final class AggregatorTopology {
  private static final String CHANGELOG_LIMIT = "max.message.bytes";
  private static final int OVERHEAD = 1024 * 1024;

  private final AggregatorCodecs codecs;
  private final TopologyOptions options;
  private final AggregatorMetrics metrics;
  private final RegistryPatience patience;
  private final DeadLetterBreaker breaker;

  private AggregatorTopology(
      AggregatorCodecs codecs,
      TopologyOptions options,
      AggregatorMetrics metrics,
      RegistryPatience patience,
      DeadLetterBreaker breaker) {
    this.codecs = codecs;
    this.options = options;
    this.metrics = metrics;
    this.patience = patience;
    this.breaker = breaker;
  }

  /** The topology for these options. */
  public static Topology of(
      AggregatorCodecs codecs,
      TopologyOptions options,
      AggregatorMetrics metrics,
      RegistryPatience patience,
      DeadLetterBreaker breaker) {
    return new AggregatorTopology(codecs, options, metrics, patience, breaker).build();
  }

  /**
   * Bytes of the largest record that is ever written: a message and a result that wait together, or
   * a dead letter, which holds a record and its key once more.
   *
   * @param maxRecordBytes bytes of the largest record of a topic
   */
  public static int largestBytes(int maxRecordBytes) {
    return 2 * maxRecordBytes + OVERHEAD;
  }

  private Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    HeadwaterTopics topics = codecs.topics();
    builder.addStateStore(pendingStore());
    KStream<byte[], JoinOutcome> outcomes =
        builder.stream(
                List.of(
                    topics.messages().name(),
                    topics.sentimentScores().name(),
                    topics.translations().name()),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                    .withTimestampExtractor(new RecordTimestamps())
                    .withName("messages-and-results"))
            .process(
                () -> new JoinProcessor(codecs, options, metrics, patience, breaker),
                Named.as("join"),
                PendingStore.NAME);
    write(outcomes, Joined.class, topics.insights().name());
    write(outcomes, Refused.class, topics.deadLetters().name());
    KStream<SeriesKey, WindowSample> samples =
        outcomes
            .process(() -> new WindowSampler(options.eventTime()), Named.as("window-sampler"))
            .repartition(
                Repartitioned.with(StoreKeys.series(), StateSerde.of(WindowSample.class))
                    .withName(WindowStores.SAMPLES));
    for (WindowSize size : WindowSize.values()) {
      windows(samples, size);
    }
    return builder.build();
  }

  private StoreBuilder<?> pendingStore() {
    Serde<Pending> values = new PendingSerde();
    String limit = Integer.toString(largestBytes(options.maxRecordBytes()));
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(PendingStore.NAME), Serdes.Bytes(), values)
        // With the cache, an entry that is finished before the next commit never reaches the disk
        // nor the changelog.
        .withCachingEnabled()
        .withLoggingEnabled(Map.of(CHANGELOG_LIMIT, limit));
  }

  private static <O extends JoinOutcome> void write(
      KStream<byte[], JoinOutcome> outcomes, Class<O> kind, String topic) {
    outcomes
        .filter((key, outcome) -> kind.isInstance(outcome), Named.as("only-" + topic))
        .to(
            topic,
            Produced.<byte[], JoinOutcome>as("to-" + topic)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(alreadyBytes())
                .withStreamPartitioner(
                    (name, key, outcome, count) -> Optional.of(Set.of(outcome.partition()))));
  }

  private static Serde<JoinOutcome> alreadyBytes() {
    return Serdes.serdeFrom(
        (topic, outcome) -> outcome.bytes(),
        (topic, bytes) -> {
          throw new UnsupportedOperationException("Outcomes are only written");
        });
  }

  private void windows(KStream<SeriesKey, WindowSample> samples, WindowSize size) {
    WindowRule rule = options.windows().rule(size);
    String store = WindowStores.name(size);
    samples
        .processValues(
            () -> new LateSamples(size, rule, metrics), Named.as("in-time-" + size.label()))
        .groupByKey(Grouped.with(StoreKeys.series(), StateSerde.of(WindowSample.class)))
        .windowedBy(TimeWindows.ofSizeAndGrace(size.length(), rule.grace()))
        .aggregate(
            WindowCounting::nothing,
            (series, sample, tally) -> WindowCounting.add(tally, sample),
            Named.as("count-" + size.label()),
            Materialized.<SeriesKey, WindowTally, WindowStore<Bytes, byte[]>>as(store)
                .withKeySerde(StoreKeys.series())
                .withValueSerde(StateSerde.of(WindowTally.class))
                .withRetention(rule.retention())
                .withCachingEnabled())
        .toStream(Named.as("updates-" + size.label()))
        .map(
            (window, tally) -> windowRecord(size, window, tally),
            Named.as("records-" + size.label()))
        .to(
            codecs.topics().sentimentWindows().name(),
            Produced.<byte[], SentimentWindow>as("to-windows-" + size.label())
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(windowSerde()));
  }

  private KeyValue<byte[], SentimentWindow> windowRecord(
      WindowSize size, Windowed<SeriesKey> window, WindowTally tally) {
    metrics.recordOut(codecs.topics().sentimentWindows().name());
    return KeyValue.pair(
        window.key().recordKey(),
        WindowCounting.window(window.key(), size, window.window().start(), tally));
  }

  private Serde<SentimentWindow> windowSerde() {
    return Serdes.serdeFrom(
        (topic, window) -> patience.ask(() -> codecs.windows().encode(window)),
        (topic, bytes) -> {
          throw new UnsupportedOperationException("Windows are only written");
        });
  }
}
