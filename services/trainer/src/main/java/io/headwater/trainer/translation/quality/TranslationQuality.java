package io.headwater.trainer.translation.quality;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a package translates a test set, sentence by sentence as the set has them.
 *
 * @param bleu as sacreBLEU measures it
 * @param chrf as sacreBLEU measures it
 * @param tokens target tokens written
 * @param seconds that the engine took
 * @param cutOff translations that stopped at the length limit
 */
public record TranslationQuality(Bleu bleu, Chrf chrf, long tokens, double seconds, int cutOff) {

  /**
   * Translates the sources and compares.
   *
   * @param beams of the search; 0 for the package's own number
   * @throws IllegalArgumentException if a source has more tokens than the model takes
   */
  public static TranslationQuality measure(
      ModelPackage model,
      LanguagePair pair,
      List<String> sources,
      List<String> references,
      int beams) {
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model);
        TranslationEngine engine = TranslationEngine.open(model, EngineOptions.cpu())) {
      SourceFrame frame = tokenizer.frame(pair.from());
      List<int[]> ids = sources.stream().map(text -> framed(frame, tokenizer, text)).toList();
      long begun = System.nanoTime();
      List<Hypothesis> written =
          engine.translate(ids, new DecodingRequest(pair.to(), beams, 1_024, false), () -> {});
      double seconds = (System.nanoTime() - begun) / 1e9;
      List<String> translations = new ArrayList<>(written.size());
      written.forEach(hypothesis -> translations.add(tokenizer.decode(hypothesis.tokenIds())));
      return new TranslationQuality(
          Bleu.of(translations, references),
          Chrf.of(translations, references),
          written.stream().mapToLong(hypothesis -> hypothesis.tokenIds().length).sum(),
          seconds,
          (int) written.stream().filter(Hypothesis::hitLengthLimit).count());
    }
  }

  private static int[] framed(SourceFrame frame, PackageTokenizer tokenizer, String text) {
    int[] inner = tokenizer.encode(text).ids();
    int[] ids = new int[frame.before().length + inner.length + frame.after().length];
    System.arraycopy(frame.before(), 0, ids, 0, frame.before().length);
    System.arraycopy(inner, 0, ids, frame.before().length, inner.length);
    System.arraycopy(
        frame.after(), 0, ids, frame.before().length + inner.length, frame.after().length);
    return ids;
  }
}
