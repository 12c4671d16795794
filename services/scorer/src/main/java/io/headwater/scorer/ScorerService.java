package io.headwater.scorer;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.http.AdminServer;
import io.headwater.runtime.lifecycle.ManagedService;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scorer: owns its models, its one thread and its admin endpoint. */
public final class ScorerService extends ManagedService {
  /** Name of the service, and of its stage in dead letters. */
  public static final String NAME = "scorer";

  private static final Logger LOG = LoggerFactory.getLogger(ScorerService.class);
  private static final Duration LONGEST_END = Duration.ofMinutes(1);

  private final ScorerConfig config;
  private final KafkaConnection kafka;

  /** A scorer that is not started yet. The telemetry stays the caller's. */
  public ScorerService(ScorerConfig config, KafkaConnection kafka, Telemetry telemetry) {
    super(NAME, telemetry);
    this.config = config;
    this.kafka = kafka;
  }

  @Override
  protected void open() {
    own(
        AdminServer.start(
            config.adminHost(), config.adminPort(), ScorerConfig.ADMIN_PORT, telemetry()));
    try {
      openRiver();
    } catch (InvalidModelPackageException
        | EngineUnavailableException
        | RiverPreflight.NotReadyException e) {
      throw new StartException("scorer: " + e.getMessage(), e);
    }
  }

  private void openRiver() {
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    EngineModels models =
        own(new EngineModels(config.modelsDirectory(), config.engine(), Clock.systemUTC()));
    ScorerMetrics metrics = new ScorerMetrics(telemetry().meters(), Clock.systemUTC());
    announce(models.load(config.sentimentModel()), metrics);
    RiverPreflight.await(
        kafka.forAdmin(),
        registry,
        List.of(
            topics.tokens(HeadwaterTopics.SENTIMENT),
            topics.sentimentScores(),
            topics.deadLetters()));
    begin(models, ScorerCodecs.over(registry, topics), metrics);
  }

  private void announce(SentimentEngine engine, ScorerMetrics metrics) {
    String provider = engine.provider().name().toLowerCase(Locale.ROOT);
    engine
        .fallbackReason()
        .ifPresent(
            reason ->
                LOG.warn("event=provider_fallback provider={} reason=\"{}\"", provider, reason));
    metrics.provider(provider, engine.fallbackReason().isPresent());
    telemetry()
        .health()
        .readiness(
            "model",
            () -> HealthStatus.up("%s loaded on %s".formatted(config.sentimentModel(), provider)));
  }

  private void begin(EngineModels models, ScorerCodecs codecs, ScorerMetrics metrics) {
    ScorerClients clients = new ScorerClients(config, kafka);
    KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
    own(new KafkaClientMetrics(consumer)).bindTo(telemetry().meters());
    SentimentScoring scoring =
        new SentimentScoring(models, new BatchCutter(config.budget()), metrics);
    ScorerLoop loop =
        new ScorerLoop(
            new LoopClients(
                consumer,
                () -> new KafkaProducer<>(clients.producerProperties()),
                codecs.tokens().topic().name()),
            new UnitScorer(codecs, scoring, metrics),
            new UnitCutter(config.unitTokens()),
            metrics,
            new DeadLetterBreaker(config.breaker(), telemetry()),
            System::nanoTime);
    Thread owner = new Thread(() -> runToTheEnd(loop), "headwater-scorer");
    telemetry()
        .health()
        .readiness(
            "assignment",
            () ->
                loop.isAssigned()
                    ? HealthStatus.up("has its partitions")
                    : HealthStatus.down("waits for the group to assign partitions"));
    telemetry()
        .health()
        .liveness(
            "loop",
            () -> new HealthStatus(owner.isAlive(), owner.isAlive() ? "runs" : "has ended"));
    own(
        () -> {
          loop.shutDown();
          owner.join(LONGEST_END.toMillis());
        });
    owner.start();
    stateHolder().running();
  }

  private void runToTheEnd(ScorerLoop loop) {
    try {
      loop.run();
    } catch (RuntimeException | Error e) {
      LOG.error("event=scorer_failed", e);
      stateHolder().failed(e);
      if (e instanceof Error error) {
        throw error;
      }
    }
  }
}
