package io.headwater.cli.models;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.TranslationEngine;
import java.util.Comparator;
import java.util.List;

/** One short text through a translation package, on the CPU. */
public final class TranslationTrial {
  private static final int BATCH_TOKENS = 1_024;

  private TranslationTrial() {}

  /**
   * Translates the text.
   *
   * @return a line on what was found
   * @throws io.headwater.models.InvalidModelPackageException when something does not fit together
   */
  public static String of(ModelPackage model) {
    LanguagePair pair =
        model.languagePairs().stream()
            .min(Comparator.comparing(LanguagePair::toString))
            .orElseThrow(() -> new IllegalArgumentException("it names no pair of languages"));
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model);
        TranslationEngine engine =
            TranslationEngine.open(model, new EngineOptions(ExecutionProvider.CPU, 0))) {
      SourceFrame frame = tokenizer.frame(pair.from());
      int[] source =
          new SegmentCutter(frame.before(), frame.after(), model.maxTokens(), 0)
              .cut(tokenizer.encode("42, 43."))
              .get(0)
              .ids();
      int[] written =
          engine
              .translate(
                  List.of(source), new DecodingRequest(pair.to(), 1, BATCH_TOKENS, false), () -> {})
              .get(0)
              .tokenIds();
      tokenizer.decode(written);
      return "%s: %d pairs of languages, %d tokens a segment, graphs sha256 %s, %s%s"
          .formatted(
              model.id(),
              model.languagePairs().size(),
              model.maxTokens(),
              model.modelDigest().substring(0, 12),
              engine.runtimeVersion(),
              engine.explains() ? ", explains" : "");
    }
  }
}
