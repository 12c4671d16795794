package io.headwater.cli.tune;

import io.headwater.cli.CommandFailure;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.TranslationSettings;
import io.headwater.scorer.batch.SegmentSlot;
import io.headwater.tokenizer.TokenizerConfig;
import io.headwater.tokenizer.language.LanguageDetector;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A package, the work to try it on, and how to open it.
 *
 * @param config the scorer's settings
 * @param opener opens it with some options; the caller closes it
 */
record Workbench(ModelPackage model, ScorerConfig config, Function<EngineOptions, Subject> opener) {

  /**
   * For sentiment.
   *
   * @param enoughTokens how many tokens a pass has at least
   */
  static Workbench sentiment(Settings settings, List<String> texts, int enoughTokens) {
    ScorerConfig config = ScorerConfig.from(settings);
    TokenizerConfig tokenizer = TokenizerConfig.from(settings);
    ModelPackage model = config.models().open(config.sentimentModel());
    requireTask(model, HeadwaterTopics.SENTIMENT);
    int overlap = Math.min(tokenizer.limits().segmentOverlap(), model.maxTokens() / 4);
    List<SegmentSlot> slots = SentimentSubject.slots(model, texts, overlap, enoughTokens);
    return new Workbench(model, config, options -> SentimentSubject.open(model, options, slots));
  }

  /** For translation: a pass is a unit of work. */
  static Workbench translation(Settings settings, List<String> texts) {
    ScorerConfig config = ScorerConfig.from(settings);
    TranslationSettings chosen =
        config
            .translation()
            .orElseThrow(() -> new CommandFailure("translation.model is empty: name one"));
    ModelPackage model = config.models().open(chosen.model());
    requireTask(model, HeadwaterTopics.TRANSLATION);
    LanguagePair pair =
        model.languagePairs().stream()
            .min(Comparator.comparing(LanguagePair::toString))
            .orElseThrow(() -> new CommandFailure(model.id() + " names no pair of languages"));
    LanguageDetector detector = LanguageDetector.load(TokenizerConfig.from(settings).languages());
    TranslationSubject.Work work =
        TranslationSubject.work(
            model, SampleTexts.in(pair.from(), texts, detector), pair, chosen.unitTokens());
    return new Workbench(
        model, config, options -> new TranslationSubject(model, options, work, chosen.beams()));
  }

  Subject open(EngineOptions options) {
    return opener.apply(options);
  }

  private static void requireTask(ModelPackage model, String task) {
    if (!model.task().equals(task)) {
      throw new InvalidModelPackageException(
          model.folder(), "its task is " + model.task() + ", not " + task);
    }
  }
}
