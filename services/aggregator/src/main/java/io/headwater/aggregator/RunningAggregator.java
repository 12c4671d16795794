package io.headwater.aggregator;

import io.headwater.aggregator.explain.ExplanationShelf;
import io.headwater.aggregator.feed.FeedReader;
import io.headwater.aggregator.feed.FeedShow;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.http.ApiServer;
import io.headwater.aggregator.http.InstanceStatus;
import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.aggregator.models.ModelWatch;
import io.headwater.aggregator.models.ModelsView;
import io.headwater.aggregator.pipeline.LagReport;
import io.headwater.aggregator.pipeline.LagWatch;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.aggregator.pipeline.LetterTally;
import io.headwater.aggregator.pipeline.PipelineView;
import io.headwater.aggregator.query.ClusterWindows;
import io.headwater.aggregator.query.PeerAccess;
import io.headwater.aggregator.streams.PartitionCheck;
import io.headwater.aggregator.streams.RocksMemory;
import io.headwater.aggregator.streams.StreamsSettings;
import io.headwater.aggregator.streams.StreamsWindows;
import io.headwater.aggregator.topology.AggregatorCodecs;
import io.headwater.aggregator.topology.AggregatorTopology;
import io.headwater.aggregator.topology.Pause;
import io.headwater.aggregator.topology.RegistryPatience;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.http.AdminServer;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.TlsContext;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.runtime.lifecycle.StateHolder;
import io.headwater.runtime.streams.RangeEnd;
import io.headwater.runtime.streams.StreamsRunner;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.assignment.AssignmentClients;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a started service, and the order in which they go: HTTP first, so that health can be
 * asked while Kafka is waited for. Closes in reverse.
 */
final class RunningAggregator implements InstanceStatus, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningAggregator.class);

  /** A letter can have 32 MiB: a few at a time. */
  private static final int LETTERS_FETCH = 8 * 1024 * 1024;

  private final AggregatorConfig config;
  private final KafkaConnection kafka;
  private final Telemetry telemetry;
  private final StateHolder state;
  private final HeadwaterTopics topics;
  private final SchemaRegistry registry;
  private final LiveFeed feed;
  private final ExplanationShelf explanations;
  private final DeferredWindows windows = new DeferredWindows();
  private final LatencyMeter latencies;
  private final LetterTally letters;
  private final AdminServer admin;
  private final ApiServer api;
  private final URI self;
  private final Clock clock;
  private final ResourceStack parts = new ResourceStack();
  private volatile @Nullable StreamsWindows streams;
  private volatile @Nullable FeedReader reader;
  private volatile @Nullable LagWatch lag;
  private volatile @Nullable ModelWatch models;
  private boolean closed;

  private RunningAggregator(
      AggregatorConfig config,
      KafkaConnection kafka,
      Telemetry telemetry,
      Clock clock,
      StateHolder state) {
    this.config = config;
    this.kafka = kafka;
    this.telemetry = telemetry;
    this.clock = clock;
    this.state = state;
    this.topics = kafka.topics(HeadwaterTopics::of);
    this.registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    this.explanations = new ExplanationShelf(config.explanationBytes());
    // An explanation is written with its score, and so is here before its insight.
    this.feed =
        new LiveFeed(
            config.feed(), clock, runName(), origin -> explanations.of(origin).isPresent());
    this.latencies = new LatencyMeter(clock);
    this.letters = new LetterTally(clock);
    this.admin = AdminServer.start(config.admin(), telemetry);
    parts.add(admin);
    this.api = startApi();
    parts.add(api);
    // Watchers keep threads of the HTTP server busy: they go first.
    parts.add(feed);
    this.self = OwnAddress.of(config.http(), api.port());
  }

  /**
   * Brings up the HTTP side.
   *
   * @param state told when the streams run and when they stop for good
   */
  static RunningAggregator open(
      AggregatorConfig config,
      KafkaConnection kafka,
      Telemetry telemetry,
      Clock clock,
      StateHolder state) {
    return new RunningAggregator(config, kafka, telemetry, clock, state);
  }

  private ApiServer startApi() {
    try {
      return ApiServer.start(
          config.http().endpoint(),
          new ApiServer.Content(
              windows,
              feed,
              explanations,
              pipeline(),
              topics,
              this,
              clock,
              config.feed().clients()));
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  private PipelineView pipeline() {
    return new PipelineView(
        new PipelineView.Sources(latencies, letters, this::lagReport, this::models), clock);
  }

  private LagReport lagReport() {
    LagWatch now = lag;
    return now == null ? LagReport.NOT_ASKED : now.latest();
  }

  /**
   * Waits for Kafka and the registry, then starts streams and feed. An interrupt ends the waiting.
   *
   * @throws io.headwater.schemas.RiverPreflight.NotReadyException when topics or schemas are
   *     missing
   * @throws io.headwater.runtime.lifecycle.StartException when the topics do not fit together
   */
  void run() throws InterruptedException {
    RiverPreflight.await(kafka.forAdmin(), registry, needed());
    int partitions = PartitionCheck.partitions(kafka.forAdmin(), topics);
    synchronized (this) {
      if (closed) {
        return;
      }
      startStreams(partitions);
      startReaders();
      startLagWatch();
      startModels();
    }
    LOG.info(
        "service=aggregator event=started instance={} url={} admin_port={}",
        config.streams().instanceId(),
        self,
        admin.port());
  }

  private void startStreams(int partitions) {
    DeadLetterBreaker breaker = new DeadLetterBreaker(config.breaker(), telemetry);
    RocksMemory memory = parts.add(new RocksMemory(config.streams().rocksBytes()));
    Map<String, Object> properties =
        StreamsSettings.of(
            config.streams(), kafka, self, config.topology().maxRecordBytes(), memory);
    properties.putAll(
        new RangeEnd(topics.messages().name(), config.topology().range()).streamsProperties());
    StreamsRunner runner =
        parts.add(new StreamsRunner(topology(breaker), properties, breaker, telemetry, state));
    StreamsWindows stores = new StreamsWindows(runner.streams(), self, partitions);
    windows.made(new ClusterWindows(stores, config.queries(), peerAccess()));
    streams = stores;
    runner.start();
  }

  private PeerAccess peerAccess() {
    HttpAccess access = config.http().endpoint().access();
    Optional<TlsContext> tls = access.tls().map(files -> parts.add(TlsContext.forPeers(files)));
    tls.ifPresent(TlsContext::watch);
    return new PeerAccess(access.tokens().all(), tls.map(TlsContext::context));
  }

  private Topology topology(DeadLetterBreaker breaker) {
    AggregatorMetrics metrics = new AggregatorMetrics(telemetry.meters(), clock);
    return AggregatorTopology.of(
        AggregatorCodecs.of(topics, registry),
        config.topology(),
        metrics,
        new RegistryPatience(Pause.real(), clock, metrics),
        breaker);
  }

  /** Each by itself: who may not read the letters shall still see the insights. */
  private void startReaders() {
    reader =
        started(
            "feed",
            Map.of(),
            List.of(
                FeedShow.insights(registry.decoder(topics.insights()), feed, latencies),
                FeedShow.windows(registry.decoder(topics.sentimentWindows()), feed)),
            feed::connected);
    started(
        "letters",
        Map.of("fetch.max.bytes", LETTERS_FETCH),
        List.of(FeedShow.letters(registry.decoder(topics.deadLetters()), letters)),
        now -> LOG.debug("letters_connected={}", now));
    started(
        "explanations",
        Map.of(),
        List.of(explanations.show(registry.decoder(topics.explanations()))),
        now -> LOG.debug("explanations_connected={}", now));
  }

  private FeedReader started(
      String name,
      Map<String, Object> more,
      List<FeedShow<?>> shows,
      FeedReader.Connection connection) {
    FeedReader made = parts.add(new FeedReader(name, consumers(name, more), shows, connection));
    made.start();
    return made;
  }

  private Supplier<Consumer<byte[], byte[]>> consumers(String name, Map<String, Object> more) {
    Map<String, Object> own = new HashMap<>(more);
    own.put("client.id", clientId(name));
    own.put("isolation.level", "read_committed");
    own.put("enable.auto.commit", "false");
    own.put("auto.offset.reset", "earliest");
    Map<String, Object> properties = kafka.forConsumer(own);
    return () ->
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void startLagWatch() {
    Map<String, Object> properties = kafka.forAdmin();
    properties.put("client.id", clientId("lag"));
    LagWatch made =
        parts.add(new LagWatch(() -> Admin.create(properties), topics, telemetry.meters()));
    made.start();
    lag = made;
  }

  private String clientId(String name) {
    return new HeadwaterGroups(kafka.topicsPrefix()).aggregator()
        + "-"
        + name
        + "-"
        + config.streams().instanceId();
  }

  private List<Topic<?>> needed() {
    List<Topic<?>> needed = new ArrayList<>(PartitionCheck.topics(topics));
    if (config.followsModels()) {
      needed.addAll(topics.assignments());
      needed.addAll(topics.trials());
    }
    return needed;
  }

  private void startModels() {
    if (!config.followsModels()) {
      return;
    }
    ModelWatch made =
        parts.add(
            ModelWatch.of(
                new AssignmentClients(topics, registry, kafka::forConsumer, kafka::forProducer),
                config.streams().instanceId(),
                clock));
    made.start();
    models = made;
  }

  /** How each task is served; none until something is known. */
  private List<ModelsView> models() {
    ModelWatch now = models;
    return now == null ? List.of() : now.views();
  }

  int httpPort() {
    return api.port();
  }

  int adminPort() {
    return admin.port();
  }

  HealthStatus feedHealth() {
    FeedReader now = reader;
    boolean alive = now != null && now.isAlive();
    return new HealthStatus(alive && feed.status().connected(), alive ? "reading" : "not reading");
  }

  @Override
  public String url() {
    return self.toString();
  }

  @Override
  public String streams() {
    StreamsWindows now = streams;
    return now == null ? "STARTING" : now.state();
  }

  @Override
  public boolean ready() {
    return telemetry.health().ready().ok();
  }

  @Override
  public List<String> peers() {
    StreamsWindows now = streams;
    return now == null ? List.of() : now.peers().stream().map(URI::toString).toList();
  }

  @Override
  public synchronized void close() {
    closed = true;
    parts.close();
  }

  /** Not a time and not a number: two runs never share it. */
  private static String runName() {
    return UUID.randomUUID().toString().substring(0, 8);
  }
}
