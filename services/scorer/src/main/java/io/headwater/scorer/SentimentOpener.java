package io.headwater.scorer;

import io.headwater.avro.ModelRef;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.SegmentModel;
import io.headwater.scorer.task.TokenLimits;
import java.util.List;

/** Opens sentiment models. */
record SentimentOpener(EngineOptions options) implements EngineOpener<LoadedModel> {
  private record EngineModel(SentimentEngine engine) implements SegmentModel {
    @Override
    public float[][] probabilities(List<int[]> tokenIds) {
      return engine.probabilities(tokenIds);
    }

    @Override
    public int calls() {
      return engine.calls();
    }
  }

  @Override
  public String task() {
    return HeadwaterTopics.SENTIMENT;
  }

  @Override
  public Opened<LoadedModel> open(ModelPackage files) {
    SentimentEngine engine = SentimentEngine.open(files, options.withCallsSideBySide());
    EngineFacts facts = EngineFacts.of(engine);
    LoadedModel model =
        new LoadedModel(
            new ModelRef(files.id().id(), files.id().version()),
            facts.provenance(files),
            files.labels(),
            new TokenLimits(files.tokenizerDigest(), files.maxTokens(), engine.vocabularySize()),
            new EngineModel(engine));
    return new Opened<>(model, facts, engine);
  }
}
