package io.headwater.scorer;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.explain.SentimentExplainer;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.sentiment.LoadedExplainer;
import io.headwater.scorer.task.TokenLimits;

/** Opens sentiment models for explanations: beside the session that scores, one of its own. */
record ExplainerOpener(EngineOptions options) implements EngineOpener<LoadedExplainer> {
  @Override
  public String task() {
    return HeadwaterTopics.SENTIMENT;
  }

  @Override
  public Opened<LoadedExplainer> open(ModelPackage files) {
    SentimentExplainer explainer = SentimentExplainer.open(files, options);
    SentimentEngine engine = explainer.engine();
    EngineFacts facts = EngineFacts.of(engine);
    LoadedExplainer model =
        new LoadedExplainer(
            facts.provenance(files),
            files.labels(),
            new TokenLimits(files.tokenizerDigest(), files.maxTokens(), engine.vocabularySize()),
            explainer::explain);
    return new Opened<>(model, facts, explainer);
  }
}
