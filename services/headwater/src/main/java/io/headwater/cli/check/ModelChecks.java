package io.headwater.cli.check;

import io.headwater.cli.models.TranslationTrial;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.TranslationSettings;
import java.util.List;
import java.util.Optional;

/** The configured models, and where it can run. */
final class ModelChecks {
  private ModelChecks() {}

  static void run(Settings settings, List<Finding> findings) {
    ScorerConfig config = ScorerConfig.from(settings);
    ModelPackage model;
    try {
      model = config.models().open(config.sentimentModel());
      try (SentimentEngine engine =
          SentimentEngine.open(model, new EngineOptions(ExecutionProvider.CPU, 0))) {
        findings.add(
            Finding.ok(
                "model", "%s runs on the CPU, %s".formatted(model.id(), engine.runtimeVersion())));
      }
    } catch (InvalidModelPackageException e) {
      findings.add(
          Finding.bad("model", e.getMessage() + "; set models.directory and sentiment.model"));
      translation(config, findings);
      return;
    }
    translation(config, findings);
    try (SentimentEngine engine =
        SentimentEngine.open(model, new EngineOptions(ExecutionProvider.CUDA, 0))) {
      findings.add(Finding.ok("gpu", engine.provider() + " is usable"));
    } catch (EngineUnavailableException e) {
      findings.add(
          config.engine().provider() == ExecutionProvider.CUDA
              ? Finding.bad("gpu", e.getMessage() + "; or set execution.provider=cpu")
              : Finding.note("gpu", String.valueOf(e.getMessage())));
    }
  }

  private static void translation(ScorerConfig config, List<Finding> findings) {
    Optional<ModelId> id = config.translation().map(TranslationSettings::model);
    if (id.isEmpty()) {
      findings.add(
          Finding.note("translation", "translation.model is empty: nothing is translated"));
      return;
    }
    try {
      ModelPackage model = config.models().open(id.get());
      if (!model.task().equals(HeadwaterTopics.TRANSLATION)) {
        throw new InvalidModelPackageException(
            model.folder(), "its task is " + model.task() + ", not " + HeadwaterTopics.TRANSLATION);
      }
      findings.add(Finding.ok("translation", TranslationTrial.of(model)));
    } catch (InvalidModelPackageException | IllegalArgumentException e) {
      findings.add(
          Finding.bad(
              "translation",
              e.getMessage()
                  + "; set models.directory and translation.model, or leave translation.model"
                  + " empty"));
    }
  }
}
