package io.headwater.cli.models;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.TokenizedText;
import io.headwater.schemas.HeadwaterTopics;
import java.util.List;

/** One short text through a package, as a scorer and a tokenizer would take it. */
final class PackageTrial {
  private PackageTrial() {}

  /**
   * Runs the text.
   *
   * @return a line on what was found
   * @throws io.headwater.models.InvalidModelPackageException when something does not fit together
   */
  static String of(ModelPackage model) {
    return model.task().equals(HeadwaterTopics.TRANSLATION)
        ? TranslationTrial.of(model)
        : sentiment(model);
  }

  private static String sentiment(ModelPackage model) {
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model);
        SentimentEngine engine =
            SentimentEngine.open(model, new EngineOptions(ExecutionProvider.CPU, 0))) {
      TokenizedText text = tokenizer.encode("A short text to see that all fits together.");
      float[][] rows =
          engine.probabilities(List.of(tokenizer.segmentCutter(0).cut(text).get(0).ids()));
      return "%s: %d labels, %d tokens a segment, graph sha256 %s, %s"
          .formatted(
              model.id(),
              rows[0].length,
              model.maxTokens(),
              model.modelDigest().substring(0, 12),
              engine.runtimeVersion());
    }
  }
}
