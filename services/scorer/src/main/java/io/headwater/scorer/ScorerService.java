package io.headwater.scorer;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.http.AdminServer;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.runtime.lifecycle.Service;
import io.headwater.runtime.lifecycle.ServiceState;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.lifecycle.StateHolder;
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
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scorer: owns its models, its one thread and its admin endpoint. */
public final class ScorerService implements Service {
  /** Name of the service, and of its stage in dead letters. */
  public static final String NAME = "scorer";

  private static final Logger LOG = LoggerFactory.getLogger(ScorerService.class);
  private static final Duration LONGEST_UNIT = Duration.ofMinutes(5);

  private final ScorerConfig config;
  private final KafkaConnection kafka;
  private final Telemetry telemetry;
  private final StateHolder state = new StateHolder();
  private final ResourceStack resources = new ResourceStack();
  private @Nullable ScorerLoop loop;
  private @Nullable Thread thread;

  /** A scorer that is not started yet. The telemetry stays the caller's. */
  public ScorerService(ScorerConfig config, KafkaConnection kafka, Telemetry telemetry) {
    this.config = config;
    this.kafka = kafka;
    this.telemetry = telemetry;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    if (!state.beginStart()) {
      return;
    }
    try {
      resources.add(
          AdminServer.start(
              config.adminHost(), config.adminPort(), ScorerConfig.ADMIN_PORT, telemetry));
      HeadwaterTopics topics = new HeadwaterTopics(kafka.topicsPrefix());
      SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
      EngineModels models =
          resources.add(
              new EngineModels(config.modelsDirectory(), config.engine(), Clock.systemUTC()));
      ScorerMetrics metrics = new ScorerMetrics(telemetry.meters(), Clock.systemUTC());
      announce(models.load(config.sentimentModel()), metrics);
      RiverPreflight.await(
          kafka.forAdmin(),
          registry,
          List.of(
              topics.tokens(HeadwaterTopics.SENTIMENT),
              topics.sentimentScores(),
              topics.deadLetters()));
      begin(models, ScorerCodecs.over(registry, topics), metrics);
    } catch (InvalidModelPackageException
        | EngineUnavailableException
        | RiverPreflight.NotReadyException e) {
      fail(e);
      throw new StartException("scorer: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  @Override
  public ServiceState state() {
    return state.state();
  }

  @Override
  public Optional<Throwable> failure() {
    return state.failure();
  }

  @Override
  public void close() {
    if (!state.beginStop()) {
      return;
    }
    ScorerLoop running = loop;
    Thread owner = thread;
    if (running != null && owner != null) {
      running.shutDown();
      try {
        owner.join(LONGEST_UNIT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    resources.close();
    state.stopped();
  }

  private void announce(SentimentEngine engine, ScorerMetrics metrics) {
    String provider = engine.provider().name().toLowerCase(Locale.ROOT);
    engine
        .fallbackReason()
        .ifPresent(
            reason ->
                LOG.warn("event=provider_fallback provider={} reason=\"{}\"", provider, reason));
    metrics.provider(provider, engine.fallbackReason().isPresent());
    telemetry
        .health()
        .readiness(
            "model",
            () -> HealthStatus.up("%s loaded on %s".formatted(config.sentimentModel(), provider)));
  }

  private void begin(EngineModels models, ScorerCodecs codecs, ScorerMetrics metrics) {
    ScorerClients clients = new ScorerClients(config, kafka);
    KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
    KafkaClientMetrics clientMetrics = resources.add(new KafkaClientMetrics(consumer));
    clientMetrics.bindTo(telemetry.meters());
    SentimentScoring scoring =
        new SentimentScoring(models, new BatchCutter(config.budget()), metrics);
    ScorerLoop fresh =
        new ScorerLoop(
            consumer,
            () -> new KafkaProducer<>(clients.producerProperties()),
            new UnitScorer(codecs, scoring, metrics),
            new UnitCutter(config.unitTokens()),
            metrics,
            codecs.tokens().topic().name());
    Thread owner = new Thread(() -> runToTheEnd(fresh), "headwater-scorer");
    telemetry
        .health()
        .readiness(
            "assignment",
            () ->
                fresh.isAssigned()
                    ? HealthStatus.up("has its partitions")
                    : HealthStatus.down("waits for the group to assign partitions"));
    telemetry
        .health()
        .liveness(
            "loop",
            () -> new HealthStatus(owner.isAlive(), owner.isAlive() ? "runs" : "has ended"));
    loop = fresh;
    thread = owner;
    owner.start();
    state.running();
  }

  private void runToTheEnd(ScorerLoop fresh) {
    try {
      fresh.run();
    } catch (RuntimeException | Error e) {
      LOG.error("event=scorer_failed", e);
      state.failed(e);
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  private void fail(RuntimeException e) {
    state.failed(e);
    resources.close();
  }
}
