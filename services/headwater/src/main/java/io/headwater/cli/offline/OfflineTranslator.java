package io.headwater.cli.offline;

import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.EngineModels;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.TranslationSettings;
import io.headwater.scorer.task.Answers;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.translation.LoadedTranslator;
import io.headwater.scorer.translation.TranslationObserver;
import io.headwater.scorer.translation.TranslationScoring;
import io.headwater.tokenizer.TokenizerConfig;
import io.headwater.tokenizer.TranslationChoice;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.SentimentPlanner;
import io.headwater.tokenizer.plan.Tokenization;
import io.headwater.tokenizer.plan.TranslationPlanner;
import io.headwater.tokenizer.plan.TranslationSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokenizer's and the scorer's own code for translation, without Kafka between them. A text
 * translated here and the same text sent down the river become the same. Owned by one thread.
 */
final class OfflineTranslator implements AutoCloseable {
  private final ResourceStack resources = new ResourceStack();
  private final ModelPackage model;
  private final MessagePlanner planner;
  private final TranslationScoring scoring;
  private final boolean explains;
  private final Optional<String> language;
  private long next;

  /** The language of the texts, where it is known, and the one to translate into. */
  private record Pair(Optional<String> language, String target) {}

  private OfflineTranslator(
      ModelPackage model,
      TokenizerConfig tokenizer,
      ScorerConfig scorer,
      Pair pair,
      TranslationObserver observer) {
    this.model = model;
    this.language = pair.language();
    try {
      this.planner = planner(tokenizer, pair.target());
      TranslationSettings settings =
          scorer
              .translation()
              .orElseGet(() -> new TranslationSettings(model.id(), 0, 1_024, 4_096));
      EngineModels<LoadedTranslator> engines = engines(scorer, settings);
      this.scoring = new TranslationScoring(engines, settings.unitTokens(), observer);
      this.explains =
          engines
              .require(new ModelRef(model.id().id(), model.id().version()))
              .translator()
              .explains();
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /**
   * Loads a model.
   *
   * @param given the package; without one that which the settings name
   * @param language of all texts, BCP 47; empty to detect it
   * @param observer is told of each call of the model
   * @throws InvalidModelPackageException when a package is not there, damaged, or for another task
   * @throws UnknownPairException when the model does not translate what is asked for
   */
  static OfflineTranslator open(
      Settings settings,
      Optional<ModelPackage> given,
      Optional<String> language,
      TranslationObserver observer) {
    TokenizerConfig tokenizer = TokenizerConfig.from(settings);
    ScorerConfig scorer = ScorerConfig.from(settings);
    TranslationChoice choice =
        tokenizer
            .translation()
            .orElseThrow(() -> new UnknownPairException("translation.model is empty: name one"));
    ModelPackage model = given.orElseGet(() -> tokenizer.models().open(choice.model()));
    if (!model.task().equals(HeadwaterTopics.TRANSLATION)) {
      throw new InvalidModelPackageException(
          model.folder(), "its task is " + model.task() + ", not " + HeadwaterTopics.TRANSLATION);
    }
    UnknownPairException.requirePair(model, language, choice.targetLanguage());
    return new OfflineTranslator(
        model, tokenizer, scorer, new Pair(language, choice.targetLanguage()), observer);
  }

  /**
   * Loads a package, whichever the settings name.
   *
   * @param pair of all texts
   */
  static OfflineTranslator of(
      ModelPackage model, Settings settings, LanguagePair pair, TranslationObserver observer) {
    return new OfflineTranslator(
        model,
        TokenizerConfig.from(settings),
        ScorerConfig.from(settings),
        new Pair(Optional.of(pair.from()), pair.to()),
        observer);
  }

  private MessagePlanner planner(TokenizerConfig config, String target) {
    ModelPackage scored = config.models().open(config.sentimentModel());
    SentimentPlanner sentiment =
        new SentimentPlanner(scored, resources.add(PackageTokenizer.open(scored)), config.limits());
    TranslationSource source =
        TranslationSource.of(model, resources.add(PackageTokenizer.open(model)));
    return new MessagePlanner(
        sentiment,
        Optional.of(new TranslationPlanner(source, sentiment, target)),
        LanguageDetector.load(config.languages()),
        config.limits());
  }

  private EngineModels<LoadedTranslator> engines(
      ScorerConfig config, TranslationSettings settings) {
    EngineModels<LoadedTranslator> engines =
        resources.add(
            EngineModels.translation(
                ModelCatalog.of(model, config.models().trusted()),
                config.engine(),
                settings,
                Clock.systemUTC()));
    engines.load(model.id());
    return engines;
  }

  ModelPackage model() {
    return model;
  }

  /** Whether the model can say which words a word was made from. */
  boolean explains() {
    return explains;
  }

  /** Translates texts together; the result at an index belongs to the text at that index. */
  List<Scoring<Translation>> translate(List<String> texts) {
    return translate(texts, false);
  }

  /**
   * Translates texts together.
   *
   * @param explain whether results have alignments, where the model gives them
   */
  List<Scoring<Translation>> translate(List<String> texts, boolean explain) {
    Answers<Translation> answers = new Answers<>(texts.size());
    List<TokenSequence> sequences = new ArrayList<>(texts.size());
    List<Integer> places = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      Tokenization outcome =
          planner.plan(message(texts.get(i), explain), new Origin("offline", 0, next++));
      if (outcome instanceof Tokenization.Planned planned) {
        places.add(i);
        sequences.add(planned.sequence());
      } else if (outcome instanceof Tokenization.Refused refused) {
        answers.failed(i, refused.cause(), refused.detail());
      }
    }
    List<Scoring<Translation>> translated = scoring.score(sequences);
    for (int i = 0; i < places.size(); i++) {
      answers.put(places.get(i), translated.get(i));
    }
    return answers.complete();
  }

  private Message message(String text, boolean explain) {
    Message message = new Message();
    message.setId("");
    message.setText(text);
    message.setSource("score");
    message.setAttributes(Map.of());
    message.setTasks(List.of(HeadwaterTopics.TRANSLATION));
    message.setExplain(explain);
    language.ifPresent(message::setLanguage);
    return message;
  }

  @Override
  public void close() {
    resources.close();
  }
}
