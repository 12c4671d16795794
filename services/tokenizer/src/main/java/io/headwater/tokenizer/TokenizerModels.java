package io.headwater.tokenizer;

import io.headwater.avro.Message;
import io.headwater.avro.Translation;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Health;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.Planner;
import io.headwater.tokenizer.plan.SentimentPlanner;
import io.headwater.tokenizer.plan.TranslationPlanner;
import io.headwater.tokenizer.plan.TranslationSource;
import java.util.Optional;
import java.util.stream.Collectors;

/** The packages that the tokenizer works for, and their tokenizers, which it owns. Thread-safe. */
final class TokenizerModels implements AutoCloseable {
  private final TokenizerConfig config;
  private final ResourceStack tokenizers = new ResourceStack();
  private final LanguageDetector languages;
  private final ModelCatalog catalog;
  private final Health health;
  private final SentimentPlanner sentiment;
  private final Optional<TranslationSource> translation;

  private TokenizerModels(TokenizerConfig config, Health health) {
    this.config = config;
    this.health = health;
    this.catalog = new ModelCatalog(config.modelsDirectory());
    this.languages = LanguageDetector.load(config.languages());
    try {
      ModelPackage scored = opened("sentiment.model", config.sentimentModel(), "model");
      this.sentiment = new SentimentPlanner(scored, tokenizer(scored), config.limits());
      this.translation = config.translation().map(this::translationSource);
    } catch (RuntimeException e) {
      tokenizers.close();
      throw e;
    }
  }

  /**
   * Opens what the settings name, and tells the health of it.
   *
   * @throws InvalidModelPackageException when a package is not there, or damaged
   * @throws StartException when a package is for another task, or for other languages
   */
  static TokenizerModels open(TokenizerConfig config, Health health) {
    return new TokenizerModels(config, health);
  }

  /** A planner of the messages, for one thread. */
  Planner<Message> messages() {
    Optional<TranslationPlanner> first =
        translation.flatMap(source -> config.translation().map(choice -> planner(source, choice)));
    return new MessagePlanner(sentiment, first, languages.copy(), config.limits());
  }

  /** A planner of what follows a translation. */
  Planner<Translation> translations() {
    return sentiment;
  }

  /** Whether messages are translated before they are scored. */
  boolean isTranslating() {
    return translation.isPresent();
  }

  private TranslationSource translationSource(TranslationChoice choice) {
    ModelPackage model = opened(TranslationChoice.MODEL, choice.model(), "translation.model");
    TranslationSource source = TranslationSource.of(model, tokenizer(model));
    if (!planner(source, choice).writesUsualTarget()) {
      throw new StartException(
          "tokenizer: %s is %s, and %s writes only %s"
              .formatted(
                  TranslationChoice.TARGET_LANGUAGE,
                  choice.targetLanguage(),
                  model.id(),
                  written(source)));
    }
    return source;
  }

  private static String written(TranslationSource source) {
    return source.pairs().stream()
        .map(LanguagePair::to)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private TranslationPlanner planner(TranslationSource source, TranslationChoice choice) {
    return new TranslationPlanner(source, sentiment, choice.targetLanguage());
  }

  private ModelPackage opened(String setting, ModelId id, String check) {
    ModelPackage model = catalog.open(id);
    String task =
        setting.equals(TranslationChoice.MODEL)
            ? HeadwaterTopics.TRANSLATION
            : HeadwaterTopics.SENTIMENT;
    if (!model.task().equals(task)) {
      throw new StartException(
          "tokenizer: %s names %s, which is a package for %s"
              .formatted(setting, model.id(), model.task()));
    }
    health.readiness(check, () -> HealthStatus.up("tokenizer of " + model.id() + " loaded"));
    return model;
  }

  private PackageTokenizer tokenizer(ModelPackage model) {
    return tokenizers.add(PackageTokenizer.open(model));
  }

  @Override
  public void close() {
    tokenizers.close();
  }
}
