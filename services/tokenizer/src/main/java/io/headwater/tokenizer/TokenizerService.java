package io.headwater.tokenizer;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.http.AdminServer;
import io.headwater.runtime.lifecycle.ManagedService;
import io.headwater.runtime.lifecycle.MemoryPlan;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.streams.RangeEnd;
import io.headwater.runtime.streams.StreamsRunner;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverNeeds;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.RiverRole;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import io.headwater.schemas.assignment.AssignmentClients;
import io.headwater.schemas.assignment.ModelFollower;
import io.headwater.schemas.assignment.ModelFollower.ActiveModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The tokenizer: owns its models' tokenizers, its stream threads and its admin endpoint. */
public final class TokenizerService extends ManagedService {
  /** Name of the service, and of its stage in dead letters. */
  public static final String NAME = "tokenizer";

  /** Vocabularies in native memory, and the texts that are cut just then. Measured. */
  private static final long TOKENIZERS_BYTES = 64L << 20;

  private static final int THROTTLED_TRANSACTION_MS = 60_000;

  /** A mebibyte of the oddest text takes seconds to cut, and on a busy machine more. */
  private static final int TRANSLATING_TRANSACTION_MS = 30_000;

  private final TokenizerConfig config;
  private final KafkaConnection kafka;

  /** A tokenizer that is not started yet. The telemetry stays the caller's. */
  public TokenizerService(TokenizerConfig config, KafkaConnection kafka, Telemetry telemetry) {
    super(NAME, telemetry);
    this.config = config;
    this.kafka = kafka;
  }

  @Override
  protected void open() {
    MemoryPlan.here(Map.of("tokenizers", TOKENIZERS_BYTES)).check(NAME);
    own(AdminServer.start(config.admin(), telemetry()));
    try {
      openRiver();
    } catch (InvalidModelPackageException
        | RiverPreflight.NotReadyException
        | ActiveModelException e) {
      throw new StartException("tokenizer: " + e.getMessage(), e);
    }
  }

  private void openRiver() {
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    List<Topic<?>> needed = new ArrayList<>();
    needed.add(topics.messages());
    needed.add(topics.tokens(HeadwaterTopics.SENTIMENT));
    needed.add(topics.deadLetters());
    if (config.translation().isPresent()) {
      needed.add(topics.tokens(HeadwaterTopics.TRANSLATION));
      needed.add(topics.translations());
    }
    if (config.followsModels()) {
      needed.addAll(topics.assignments());
      needed.add(topics.shadowTokens());
    }
    String group = new HeadwaterGroups(kafka.topicsPrefix()).tokenizer();
    RiverPreflight.await(
        kafka.forAdmin(),
        registry,
        new RiverNeeds(topics, RiverRole.TOKENIZER, needed, List.of(group)),
        this::waitsFor);
    TokenizerModels models = models(topics, registry);
    Hops hops = new Hops(topics, registry, config.breaker(), telemetry());
    Topology topology = hops.topology(config.intake(), models);
    StreamsRunner runner =
        own(
            new StreamsRunner(
                topology, properties(topics), hops.breakers(), telemetry(), stateHolder()));
    runner.start();
  }

  /** Those that are assigned, or those of the settings where assignments are not followed. */
  private TokenizerModels models(HeadwaterTopics topics, SchemaRegistry registry) {
    if (!config.followsModels()) {
      return own(TokenizerModels.open(config, telemetry().health()));
    }
    TokenizerModels models = own(TokenizerModels.following(config, telemetry().health()));
    AssignmentClients clients =
        new AssignmentClients(topics, registry, kafka::forConsumer, kafka::forProducer);
    ModelFollower follower =
        own(
            clients.follower(
                new ModelFollower.Seat(
                    NAME, config.instanceId(), TokenizerModels.configured(config)),
                models));
    follower.begin();
    telemetry()
        .health()
        .readiness(
            "models.assigned", () -> HealthStatus.unless(follower.complaint(), "as assigned"));
    return models;
  }

  private Map<String, Object> properties(HeadwaterTopics topics) {
    String application = new HeadwaterGroups(kafka.topicsPrefix()).tokenizer();
    Map<String, Object> own = new HashMap<>();
    own.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    own.put(StreamsConfig.CLIENT_ID_CONFIG, application + "-" + config.instanceId());
    own.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().resolve(NAME).toString());
    own.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    own.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    own.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicPlan.MAX_DEAD_LETTER_BYTES);
    own.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        2L * TopicPlan.MAX_DEAD_LETTER_BYTES);
    own.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    own.putAll(new RangeEnd(topics.messages().name(), config.intake().range()).streamsProperties());
    if (config.translation().isPresent()) {
      own.put(
          StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          TRANSLATING_TRANSACTION_MS);
    }
    if (config.intake().isThrottled()) {
      // Held back, a round over all partitions can take longer than Kafka Streams' own ten seconds.
      own.put(
          StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          THROTTLED_TRANSACTION_MS);
    }
    return kafka.forStreams(own);
  }
}
