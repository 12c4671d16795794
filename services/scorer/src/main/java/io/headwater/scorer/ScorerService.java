package io.headwater.scorer;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineUnavailableException;
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
import io.headwater.schemas.Topic;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.LoadedExplainer;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.SentimentExplanations;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.translation.LoadedTranslator;
import io.headwater.scorer.translation.TranslationScoring;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scorer: owns its models, a thread for each of its tasks, and its admin endpoint. */
public final class ScorerService extends ManagedService {
  /** Name of the service, and of its stage in dead letters. */
  public static final String NAME = "scorer";

  private static final Logger LOG = LoggerFactory.getLogger(ScorerService.class);

  private final ScorerConfig config;
  private final KafkaConnection kafka;
  private final Clock clock = Clock.systemUTC();
  private final List<TaskLoop> loops = new CopyOnWriteArrayList<>();

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
    List<TaskWork<?>> works = new ArrayList<>();
    if (config.tasks().contains(HeadwaterTopics.SENTIMENT)) {
      works.add(sentiment(topics));
    }
    if (config.tasks().contains(HeadwaterTopics.TRANSLATION)) {
      works.add(translation(topics, config.translation().orElseThrow()));
    }
    List<Topic<?>> needed = new ArrayList<>(List.of(topics.deadLetters(), topics.explanations()));
    works.forEach(work -> needed.addAll(List.of(work.task().tokens(), work.task().results())));
    RiverPreflight.await(kafka.forAdmin(), registry, needed);
    works.forEach(work -> begin(work, registry, topics));
    stateHolder().running();
  }

  private TaskWork<?> sentiment(HeadwaterTopics topics) {
    EngineModels<LoadedModel> models =
        own(EngineModels.sentiment(config.modelsDirectory(), config.engine(), clock));
    EngineModels<LoadedExplainer> explainers =
        own(EngineModels.explainers(config.modelsDirectory(), config.engine(), clock));
    ScorerMetrics metrics =
        new ScorerMetrics(telemetry().meters(), clock, HeadwaterTopics.SENTIMENT);
    EngineFacts facts = models.load(config.sentimentModel());
    announce(HeadwaterTopics.SENTIMENT, config.sentimentModel(), facts, metrics);
    return new TaskWork<>(
        ScorerTask.sentiment(topics),
        new SentimentScoring(models, new BatchCutter(config.budget()), metrics.batches()),
        metrics.explained(new SentimentExplanations(explainers, config.explanations())),
        new UnitCutter(config.unitTokens(), UnitCutter.TOKEN_BYTES),
        metrics);
  }

  private TaskWork<?> translation(HeadwaterTopics topics, TranslationSettings settings) {
    EngineModels<LoadedTranslator> models =
        own(EngineModels.translation(config.modelsDirectory(), config.engine(), settings, clock));
    ScorerMetrics metrics =
        new ScorerMetrics(telemetry().meters(), clock, HeadwaterTopics.TRANSLATION);
    try {
      EngineFacts facts = models.load(settings.model());
      announce(HeadwaterTopics.TRANSLATION, settings.model(), facts, metrics);
    } catch (InvalidModelPackageException e) {
      throw new StartException(
          "scorer: %s; set %s, or leave it empty for a river without translation"
              .formatted(e.getMessage(), ScorerConfig.TRANSLATION_MODEL),
          e);
    }
    return new TaskWork<>(
        ScorerTask.translation(topics),
        new TranslationScoring(models, settings.unitTokens(), metrics.translations()),
        Explaining.nothing(),
        new UnitCutter(settings.unitTokens(), UnitCutter.TOKEN_AND_TEXT_BYTES),
        metrics);
  }

  private void announce(String task, ModelId model, EngineFacts facts, ScorerMetrics metrics) {
    String provider = facts.providerName();
    facts
        .fallbackReason()
        .ifPresent(
            reason ->
                LOG.warn(
                    "event=provider_fallback task={} provider={} reason=\"{}\"",
                    task,
                    provider,
                    reason));
    metrics.provider(provider, facts.fallbackReason().isPresent());
    telemetry()
        .health()
        .readiness(
            "model." + task, () -> HealthStatus.up("%s loaded on %s".formatted(model, provider)));
  }

  private <S extends SpecificRecord> void begin(
      TaskWork<S> work, SchemaRegistry registry, HeadwaterTopics topics) {
    String task = work.task().name();
    ScorerClients clients = new ScorerClients(config, kafka, task);
    KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
    own(new KafkaClientMetrics(consumer)).bindTo(telemetry().meters());
    ScorerLoop loop =
        new ScorerLoop(
            new LoopClients(
                task,
                consumer,
                () -> new KafkaProducer<>(clients.producerProperties()),
                work.task().tokens().name()),
            new UnitScorer<>(
                ScorerCodecs.over(registry, topics, work.task()),
                work.scoring(),
                work.explaining(),
                clock),
            work.units(),
            work.metrics(),
            new DeadLetterBreaker(config.breaker(), telemetry(), task),
            System::nanoTime);
    TaskLoop owned = new TaskLoop(task, loop, stateHolder()::failed);
    loops.add(owned);
    own(() -> end(owned));
    owned.begin(telemetry().health());
  }

  /** All are asked to end before any is waited for. */
  private void end(TaskLoop loop) throws InterruptedException {
    loops.forEach(TaskLoop::shutDown);
    loop.join();
  }
}
