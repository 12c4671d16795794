package io.headwater.cli.offline;

import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.cli.ConnectionOptions;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.scorer.EngineModels;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.ScoringObserver;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.headwater.scorer.task.Answers;
import io.headwater.scorer.task.Scoring;
import io.headwater.tokenizer.TokenizerConfig;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.Tokenization;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokenizer's and the scorer's own code, without Kafka between them. A text scored here and the
 * same text sent down the river get the same score. Owned by one thread.
 */
final class OfflineScorer implements AutoCloseable {
  private final ResourceStack resources = new ResourceStack();
  private final ModelPackage model;
  private final MessagePlanner planner;
  private final SentimentScoring scoring;
  private long next;

  private OfflineScorer(
      ModelCatalog catalog,
      ModelId id,
      TokenizerConfig tokenizer,
      ScorerConfig scorer,
      PlannerLimits limits) {
    this.model = catalog.open(id);
    EngineModels<LoadedModel> engines =
        resources.add(EngineModels.sentiment(catalog, scorer.engine(), Clock.systemUTC()));
    engines.load(id);
    this.planner =
        new MessagePlanner(
            model,
            resources.add(PackageTokenizer.open(model)),
            LanguageDetector.load(tokenizer.languages()),
            limits);
    this.scoring =
        new SentimentScoring(engines, new BatchCutter(scorer.budget()), ScoringObserver.NONE);
  }

  /**
   * Loads the configured model.
   *
   * @param scoreOtherLanguages whether texts are scored in languages that the model does not read
   */
  static OfflineScorer open(Settings settings, boolean scoreOtherLanguages) {
    TokenizerConfig tokenizer = TokenizerConfig.from(settings);
    ScorerConfig scorer = ScorerConfig.from(settings);
    return new OfflineScorer(
        scorer.models(),
        scorer.sentimentModel(),
        tokenizer,
        scorer,
        limits(tokenizer, scoreOtherLanguages));
  }

  /** Loads a package, whichever the settings name, for the languages that it reads. */
  static OfflineScorer of(ModelPackage model, Settings settings) {
    TokenizerConfig tokenizer = TokenizerConfig.from(settings);
    return of(model, settings, tokenizer.limits().scoreOtherLanguages());
  }

  /** Loads a package, whichever the settings name. */
  static OfflineScorer of(ModelPackage model, Settings settings, boolean scoreOtherLanguages) {
    TokenizerConfig tokenizer = TokenizerConfig.from(settings);
    return new OfflineScorer(
        ModelCatalog.of(model, tokenizer.models().trusted()),
        model.id(),
        tokenizer,
        ScorerConfig.from(settings),
        limits(tokenizer, scoreOtherLanguages));
  }

  /**
   * Loads the model of an option, or else of the settings.
   *
   * @param scoreOtherLanguages whether texts are scored in languages that the model does not read
   */
  static OfflineScorer open(
      ConnectionOptions connection, ModelOption option, boolean scoreOtherLanguages) {
    Optional<ModelPackage> folder = option.folder(connection);
    Settings settings = connection.settingsWith(Map.of(), option.as("sentiment.model", folder));
    return folder
        .map(model -> of(model, settings, scoreOtherLanguages))
        .orElseGet(() -> open(settings, scoreOtherLanguages));
  }

  private static PlannerLimits limits(TokenizerConfig tokenizer, boolean scoreOtherLanguages) {
    PlannerLimits limits = tokenizer.limits();
    return new PlannerLimits(limits.maxTextBytes(), limits.segmentOverlap(), scoreOtherLanguages);
  }

  ModelPackage model() {
    return model;
  }

  /** Scores messages together; the result at an index belongs to the message at that index. */
  List<Scoring<SentimentScore>> score(List<Message> messages) {
    return scorePlanned(messages.stream().map(this::plan).toList());
  }

  /** What the tokenizer makes of a message. */
  Tokenization plan(Message message) {
    return planner.plan(message, new Origin("offline", 0, next++));
  }

  /** Scores planned messages together; the result at an index belongs to the plan there. */
  List<Scoring<SentimentScore>> scorePlanned(List<Tokenization> plans) {
    Answers<SentimentScore> answers = new Answers<>(plans.size());
    List<TokenSequence> sequences = new ArrayList<>(plans.size());
    List<Integer> places = new ArrayList<>(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      Tokenization outcome = plans.get(i);
      if (outcome instanceof Tokenization.Planned planned) {
        places.add(i);
        sequences.add(planned.sequence());
      } else if (outcome instanceof Tokenization.Refused refused) {
        answers.failed(i, refused.cause(), refused.detail());
      }
    }
    List<Scoring<SentimentScore>> scored = scoring.score(sequences);
    for (int i = 0; i < places.size(); i++) {
      answers.put(places.get(i), scored.get(i));
    }
    return answers.complete();
  }

  @Override
  public void close() {
    resources.close();
  }
}
