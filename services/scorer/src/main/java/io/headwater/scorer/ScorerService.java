package io.headwater.scorer;

import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.http.AdminServer;
import io.headwater.runtime.lifecycle.ManagedService;
import io.headwater.runtime.lifecycle.MemoryPlan;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverNeeds;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.RiverRole;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.assignment.AssignmentClients;
import io.headwater.schemas.assignment.ModelFollower;
import io.headwater.schemas.assignment.ModelFollower.ActiveModelException;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.KnownRows;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The scorer: owns its models, a thread for each of its tasks, and its admin endpoint. */
public final class ScorerService extends ManagedService {
  /** Name of the service, and of its stage in dead letters. */
  public static final String NAME = "scorer";

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
    own(AdminServer.start(config.admin(), telemetry()));
    try {
      memoryPlan().check(NAME);
      openRiver();
    } catch (InvalidModelPackageException
        | EngineUnavailableException
        | RiverPreflight.NotReadyException
        | ActiveModelException e) {
      throw new StartException("scorer: " + e.getMessage(), e);
    }
  }

  /** Weights and results of ONNX Runtime lie outside the heap. */
  private MemoryPlan memoryPlan() {
    ModelCatalog catalog = config.models();
    Map<String, Long> needs = new TreeMap<>();
    configured()
        .forEach((task, model) -> needs.put("model " + model, ScorerMemory.of(catalog, model)));
    return MemoryPlan.here(needs);
  }

  private void openRiver() {
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    ScorerModels models = new ScorerModels(telemetry());
    List<TaskWork<?>> works = new ArrayList<>();
    if (config.tasks().contains(HeadwaterTopics.SENTIMENT)) {
      works.add(sentiment(topics, models));
    }
    if (config.tasks().contains(HeadwaterTopics.TRANSLATION)) {
      works.add(translation(topics, config.translation().orElseThrow(), models));
    }
    List<Topic<?>> needed = new ArrayList<>(List.of(topics.deadLetters(), topics.explanations()));
    works.forEach(work -> needed.addAll(List.of(work.task().tokens(), work.task().results())));
    if (config.followsModels()) {
      needed.addAll(topics.assignments());
      needed.addAll(hasTrials() ? topics.trials() : List.of());
    } else {
      configured().forEach((task, model) -> load(task, model, models));
    }
    RiverPreflight.await(
        kafka.forAdmin(),
        registry,
        new RiverNeeds(topics, RiverRole.SCORER, needed, groups()),
        this::waitsFor);
    if (config.followsModels()) {
      follow(
          new AssignmentClients(topics, registry, kafka::forConsumer, kafka::forProducer), models);
    }
    works.forEach(work -> begin(work, registry, topics));
    if (hasTrials()) {
      beginTrials(registry, topics, models);
    }
    stateHolder().running();
  }

  private List<String> groups() {
    HeadwaterGroups groups = new HeadwaterGroups(kafka.topicsPrefix());
    List<String> names = new ArrayList<>(config.tasks().stream().map(groups::scorer).toList());
    if (hasTrials()) {
      names.add(groups.scorer(HeadwaterTopics.SENTIMENT_SHADOW));
    }
    return names;
  }

  /** The tasks, and the models that the settings name for them. */
  private Map<String, ModelId> configured() {
    Map<String, ModelId> configured = new TreeMap<>();
    for (String task : config.tasks()) {
      configured.put(
          task,
          task.equals(HeadwaterTopics.TRANSLATION)
              ? config.translation().orElseThrow().model()
              : config.sentimentModel());
    }
    return configured;
  }

  private void follow(AssignmentClients clients, ScorerModels models) {
    Map<String, ModelRef> seats = new TreeMap<>();
    configured().forEach((task, id) -> seats.put(task, new ModelRef(id.id(), id.version())));
    ModelFollower follower =
        own(clients.follower(new ModelFollower.Seat(NAME, config.instanceId(), seats), models));
    follower.begin();
    telemetry()
        .health()
        .readiness(
            "models.assigned", () -> HealthStatus.unless(follower.complaint(), "as assigned"));
  }

  private static void load(String task, ModelId model, ScorerModels models) {
    try {
      models.begin(task, model);
    } catch (InvalidModelPackageException e) {
      if (!task.equals(HeadwaterTopics.TRANSLATION)) {
        throw e;
      }
      throw new StartException(
          "scorer: %s; set %s, or leave it empty for a river without translation"
              .formatted(e.getMessage(), ScorerConfig.TRANSLATION_MODEL),
          e);
    }
  }

  private TaskWork<?> sentiment(HeadwaterTopics topics, ScorerModels loaded) {
    EngineModels<LoadedModel> models =
        own(EngineModels.sentiment(config.models(), config.engine(), clock));
    EngineModels<LoadedExplainer> explainers =
        own(EngineModels.explainers(config.models(), config.engine(), clock));
    ScorerMetrics metrics =
        new ScorerMetrics(telemetry().meters(), clock, HeadwaterTopics.SENTIMENT);
    loaded.add(HeadwaterTopics.SENTIMENT, models, metrics);
    loaded.addBeside(HeadwaterTopics.SENTIMENT, explainers);
    return new TaskWork<>(
        ScorerTask.sentiment(topics),
        new SentimentScoring(
            models,
            new BatchCutter(config.budget()),
            new KnownRows(config.cacheTokens()),
            metrics.batches()),
        metrics.explained(new SentimentExplanations(explainers, config.explanations())),
        new UnitCutter(config.unitTokens(), UnitCutter.TOKEN_BYTES),
        metrics);
  }

  private TaskWork<?> translation(
      HeadwaterTopics topics, TranslationSettings settings, ScorerModels loaded) {
    EngineModels<LoadedTranslator> models =
        own(EngineModels.translation(config.models(), config.engine(), settings, clock));
    ScorerMetrics metrics =
        new ScorerMetrics(telemetry().meters(), clock, HeadwaterTopics.TRANSLATION);
    loaded.add(HeadwaterTopics.TRANSLATION, models, metrics);
    return new TaskWork<>(
        ScorerTask.translation(topics),
        new TranslationScoring(models, settings.unitTokens(), metrics.translations()),
        Explaining.nothing(),
        new UnitCutter(settings.unitTokens(), UnitCutter.TOKEN_AND_TEXT_BYTES),
        metrics);
  }

  private <S extends SpecificRecord> void begin(
      TaskWork<S> work, SchemaRegistry registry, HeadwaterTopics topics) {
    DeadLetterBreaker breaker =
        new DeadLetterBreaker(config.breaker(), telemetry(), work.task().name());
    owned(work, registry, topics, breaker, stateHolder()::failed).begin(telemetry().health());
  }

  /** Only sentiment has trials, and only where assignments can begin one. */
  private boolean hasTrials() {
    return config.followsModels() && config.tasks().contains(HeadwaterTopics.SENTIMENT);
  }

  /**
   * The other model of a trial has a loop, engines and a breaker of its own: whatever it does, what
   * becomes insights is not held up, and the service is healthy.
   */
  private void beginTrials(SchemaRegistry registry, HeadwaterTopics topics, ScorerModels loaded) {
    ScorerTask<SentimentScore> task = ScorerTask.shadow(topics);
    // One thread: the cores are for what becomes insights.
    EngineOptions engine = config.engine().withThreads(1);
    EngineModels<LoadedModel> models = own(EngineModels.sentiment(config.models(), engine, clock));
    loaded.addBeside(HeadwaterTopics.SENTIMENT, models);
    ScorerMetrics metrics = new ScorerMetrics(telemetry().meters(), clock, task.name());
    TaskWork<SentimentScore> work =
        new TaskWork<>(
            task,
            new SentimentScoring(models, new BatchCutter(config.budget()), metrics.batches()),
            // Who asked for an explanation gets that of the score that counts.
            Explaining.nothing(),
            new UnitCutter(config.unitTokens(), UnitCutter.TOKEN_BYTES),
            metrics);
    owned(work, registry, topics, new DeadLetterBreaker(config.breaker()), failure -> {})
        .beginUnwatched();
  }

  private <S extends SpecificRecord> TaskLoop owned(
      TaskWork<S> work,
      SchemaRegistry registry,
      HeadwaterTopics topics,
      DeadLetterBreaker breaker,
      Consumer<Throwable> failed) {
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
            breaker,
            System::nanoTime);
    TaskLoop owned = new TaskLoop(task, loop, failed);
    loops.add(owned);
    own(() -> end(owned));
    return owned;
  }

  /** All are asked to end before any is waited for. */
  private void end(TaskLoop loop) throws InterruptedException {
    loops.forEach(TaskLoop::shutDown);
    loop.join();
  }
}
