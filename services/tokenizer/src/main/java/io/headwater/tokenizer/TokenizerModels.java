package io.headwater.tokenizer;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.Message;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.ShadowTrial;
import io.headwater.avro.Translation;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Health;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.ModelHost;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.KeyShare;
import io.headwater.tokenizer.plan.KeyedPlanner;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.Plans;
import io.headwater.tokenizer.plan.SentimentPlanner;
import io.headwater.tokenizer.plan.SentimentRouting;
import io.headwater.tokenizer.plan.TranslationPlanner;
import io.headwater.tokenizer.plan.TranslationSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The packages that the tokenizer works for: which of them serve, and since when. Thread-safe;
 * models change on one thread while stream threads plan with what served when their record came.
 */
final class TokenizerModels implements ModelHost, AutoCloseable {
  private final TokenizerConfig config;
  private final LanguageDetector languages;
  private final OpenTokenizers tokenizers;
  private volatile @Nullable Serving serving;

  /** What serves at one moment. */
  private record Serving(SentimentRouting sentiment, Optional<TranslationSource> translation) {}

  private TokenizerModels(TokenizerConfig config) {
    this.config = config;
    this.languages = LanguageDetector.load(config.languages());
    this.tokenizers = new OpenTokenizers(config.models());
  }

  /** None is open yet: a follower says which, and health tells of them. */
  static TokenizerModels following(TokenizerConfig config, Health health) {
    TokenizerModels models = new TokenizerModels(config);
    models.tell(health);
    return models;
  }

  /**
   * Opens what the settings name, and tells the health of it.
   *
   * @throws InvalidModelPackageException when a package is not there, or damaged
   * @throws StartException when a package is for another task, or for other languages
   */
  static TokenizerModels open(TokenizerConfig config, Health health) {
    TokenizerModels models = new TokenizerModels(config);
    try {
      // By name: translation asks what sentiment reads.
      new TreeMap<>(configured(config))
          .forEach(
              (task, model) -> {
                models.requireTask(setting(task) + " names ", task, idOf(model));
                models.prepare(task, model);
                models.serve(Assignments.configured(task, model), Set.of(model));
              });
    } catch (RuntimeException e) {
      models.close();
      throw e;
    }
    models.tell(health);
    return models;
  }

  /** The tasks, and the models that the settings name for them. */
  static Map<String, ModelRef> configured(TokenizerConfig config) {
    ModelRef sentiment = refOf(config.sentimentModel());
    return config
        .translation()
        .map(
            choice ->
                Map.of(
                    HeadwaterTopics.SENTIMENT,
                    sentiment,
                    HeadwaterTopics.TRANSLATION,
                    refOf(choice.model())))
        .orElseGet(() -> Map.of(HeadwaterTopics.SENTIMENT, sentiment));
  }

  private void tell(Health health) {
    health.readiness("model", () -> loaded(now().sentiment().active().model()));
    if (isTranslating()) {
      health.readiness(
          "translation.model",
          () -> loaded(now().translation().map(TranslationSource::model).orElseThrow()));
    }
  }

  private static HealthStatus loaded(ModelId model) {
    return HealthStatus.up("tokenizer of " + model + " loaded");
  }

  @Override
  public synchronized void prepare(String task, ModelRef model) {
    ModelId id = idOf(model);
    if (tokenizers.isOpen(model)) {
      return;
    }
    requireTask("", task, id);
    OpenTokenizers.Open opened = tokenizers.open(model, config.limits());
    if (task.equals(HeadwaterTopics.TRANSLATION)) {
      requireTarget(opened.translation());
    }
  }

  @Override
  public synchronized void serve(ModelAssignment assignment, Set<ModelRef> ready) {
    Serving before = serving;
    if (assignment.getTask().equals(HeadwaterTopics.TRANSLATION)) {
      TranslationSource source = tokenizers.get(assignment.getModel()).translation();
      serving = new Serving(now().sentiment(), Optional.of(source));
    } else {
      serving =
          new Serving(
              routing(assignment), before == null ? Optional.empty() : before.translation());
    }
    tokenizers.retain(assignment.getTask(), ready);
  }

  private SentimentRouting routing(ModelAssignment assignment) {
    CanaryTrial canary = assignment.getCanary();
    ShadowTrial shadow = assignment.getShadow();
    return new SentimentRouting(
        planner(assignment.getModel()),
        shadow == null
            ? Optional.empty()
            : Optional.of(trial(shadow.getModel(), shadow.getShare(), "shadow ")),
        canary == null
            ? Optional.empty()
            : Optional.of(trial(canary.getModel(), canary.getShare(), "canary ")));
  }

  private SentimentRouting.Trial trial(ModelRef model, double share, String kind) {
    return new SentimentRouting.Trial(planner(model), new KeyShare(share, kind + idOf(model)));
  }

  private SentimentPlanner planner(ModelRef model) {
    return tokenizers.get(model).sentiment();
  }

  /** A planner of the messages, for one thread. */
  KeyedPlanner<Message> messages() {
    return new Messages(languages.copy());
  }

  /** A planner of what follows a translation. */
  KeyedPlanner<Translation> translations() {
    return (translation, position, key) ->
        SentimentPlanner.plan(translation, position, now().sentiment().choose(key));
  }

  /** Whether messages are translated before they are scored. */
  boolean isTranslating() {
    return config.translation().isPresent();
  }

  private Serving now() {
    Serving known = serving;
    if (known == null) {
      throw new IllegalStateException("no model serves yet");
    }
    return known;
  }

  /** Plans messages with what serves when they come. */
  private final class Messages implements KeyedPlanner<Message> {
    private final LanguageDetector detector;
    private @Nullable Serving madeFor;
    private @Nullable MessagePlanner planner;

    Messages(LanguageDetector detector) {
      this.detector = detector;
    }

    @Override
    public Plans plan(Message message, Origin position, byte[] key) {
      Serving now = now();
      MessagePlanner known = planner;
      if (known == null || !now.equals(madeFor)) {
        known = made(now);
        planner = known;
        madeFor = now;
      }
      return known.plan(message, position, now.sentiment().choose(key));
    }

    private MessagePlanner made(Serving now) {
      SentimentPlanner active = now.sentiment().active();
      Optional<TranslationPlanner> first =
          now.translation()
              .flatMap(
                  source ->
                      config
                          .translation()
                          .map(
                              choice ->
                                  new TranslationPlanner(source, active, choice.targetLanguage())));
      return new MessagePlanner(active, first, detector, config.limits());
    }
  }

  private void requireTask(String named, String task, ModelId id) {
    ModelPackage model = tokenizers.packageOf(id);
    if (!model.task().equals(task)) {
      throw new StartException(
          "tokenizer: %s%s, which is a package for %s".formatted(named, id, model.task()));
    }
  }

  private void requireTarget(TranslationSource source) {
    String target = config.translation().map(TranslationChoice::targetLanguage).orElseThrow();
    SentimentPlanner sentiment = now().sentiment().active();
    if (!new TranslationPlanner(source, sentiment, target).writesUsualTarget()) {
      throw new StartException(
          "tokenizer: %s is %s, and %s writes only %s"
              .formatted(
                  TranslationChoice.TARGET_LANGUAGE, target, source.model(), written(source)));
    }
  }

  private static String written(TranslationSource source) {
    return source.pairs().stream()
        .map(LanguagePair::to)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String setting(String task) {
    return task.equals(HeadwaterTopics.TRANSLATION) ? TranslationChoice.MODEL : "sentiment.model";
  }

  private static ModelId idOf(ModelRef model) {
    return new ModelId(model.getId(), model.getVersion());
  }

  private static ModelRef refOf(ModelId id) {
    return new ModelRef(id.id(), id.version());
  }

  @Override
  public void close() {
    tokenizers.close();
  }
}
