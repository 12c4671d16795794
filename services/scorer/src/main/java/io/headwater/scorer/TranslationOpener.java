package io.headwater.scorer;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Provenance;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.task.TokenLimits;
import io.headwater.scorer.translation.LoadedTranslator;
import io.headwater.scorer.translation.SegmentTranslator;
import java.util.List;

/** Opens translation models. */
record TranslationOpener(EngineOptions options, TranslationSettings settings)
    implements EngineOpener<LoadedTranslator> {
  @Override
  public String task() {
    return HeadwaterTopics.TRANSLATION;
  }

  @Override
  public Opened<LoadedTranslator> open(ModelPackage files) {
    Engine engine = Engine.open(files, options, settings);
    EngineFacts facts = engine.facts();
    LoadedTranslator model =
        new LoadedTranslator(
            new ModelRef(files.id().id(), files.id().version()),
            new Provenance(
                files.modelDigest(), files.tokenizerDigest(), runtime(facts), facts.providerName()),
            new TokenLimits(
                files.tokenizerDigest(), files.maxTokens(), engine.graphs().vocabularySize()),
            engine);
    return new Opened<>(model, facts, engine);
  }

  /** Beams that the package does not choose itself are part of what made a result. */
  private String runtime(EngineFacts facts) {
    return settings.beams() == 0
        ? facts.runtime()
        : "%s, beams %d".formatted(facts.runtime(), settings.beams());
  }

  /** Graphs and tokenizer of one package, with how they are to be used. */
  private record Engine(
      ModelPackage files,
      TranslationEngine graphs,
      PackageTokenizer tokenizer,
      int beams,
      int batchTokens)
      implements SegmentTranslator, AutoCloseable {

    static Engine open(ModelPackage files, EngineOptions options, TranslationSettings settings) {
      PackageTokenizer tokenizer = PackageTokenizer.open(files);
      try {
        return new Engine(
            files,
            TranslationEngine.open(files, options),
            tokenizer,
            settings.beams(),
            settings.batchTokens());
      } catch (RuntimeException e) {
        tokenizer.close();
        throw e;
      }
    }

    EngineFacts facts() {
      return new EngineFacts(graphs.provider(), graphs.fallbackReason(), graphs.runtimeVersion());
    }

    @Override
    public boolean translates(String from, String to) {
      return files.supports(from, to);
    }

    @Override
    public boolean explains() {
      return graphs.explains();
    }

    @Override
    public List<Hypothesis> translate(
        List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse) {
      return graphs.translate(
          sources, new DecodingRequest(targetLanguage, beams, batchTokens, explain), pulse);
    }

    @Override
    public String decode(int[] ids) {
      return tokenizer.decode(ids);
    }

    @Override
    public void close() {
      try {
        graphs.close();
      } finally {
        tokenizer.close();
      }
    }
  }
}
