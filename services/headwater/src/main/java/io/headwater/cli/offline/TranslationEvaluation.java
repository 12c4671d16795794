package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Translation;
import io.headwater.cli.CommandFailure;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.translation.TranslationObserver;
import io.headwater.trainer.translation.quality.Bleu;
import io.headwater.trainer.translation.quality.Chrf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How good the translations of a model are, and how fast they come. Use once. */
final class TranslationEvaluation implements TranslationObserver {
  private static final int WINDOW = 512;

  private long targetTokens;
  private long nanos;

  @Override
  public void called(long source, long target, long time) {
    targetTokens += target;
    nanos += time;
  }

  /** Target tokens a second of the model's own time; 0 where nothing was translated. */
  private double tokensPerSecond() {
    return nanos == 0 ? 0 : targetTokens * 1e9 / nanos;
  }

  /**
   * Translates and measures.
   *
   * @param translator tells this of its calls
   * @param pairs at least one
   * @throws CommandFailure when a text cannot be translated
   */
  Quality measure(OfflineTranslator translator, SentencePairs pairs) {
    List<String> hypotheses = new ArrayList<>(pairs.sources().size());
    Map<String, Long> skipped = new TreeMap<>();
    long cut = 0;
    for (int from = 0; from < pairs.sources().size(); from += WINDOW) {
      int to = Math.min(pairs.sources().size(), from + WINDOW);
      for (Scoring<Translation> scoring : translator.translate(pairs.sources().subList(from, to))) {
        Translation translation = translated(scoring);
        if (translation.getSkipReason() != null) {
          skipped.merge(translation.getSkipReason(), 1L, Long::sum);
        }
        cut += translation.getHitLengthLimit() ? 1 : 0;
        hypotheses.add(translation.getText());
      }
    }
    return new Quality(
        translator.model().id().toString(),
        hypotheses.size(),
        Bleu.of(hypotheses, pairs.references()),
        Chrf.of(hypotheses, pairs.references()),
        tokensPerSecond(),
        cut,
        skipped);
  }

  private static Translation translated(Scoring<Translation> scoring) {
    if (scoring instanceof Scoring.Failed<Translation> failed) {
      throw new CommandFailure("a text cannot be translated: " + failed.detail());
    }
    return ((Scoring.Scored<Translation>) scoring).result();
  }

  /**
   * What was measured.
   *
   * @param cut texts of which a sentence hit the length limit
   * @param skipped texts that were not translated by reason; they count as empty translations
   */
  record Quality(
      String model,
      int sentences,
      Bleu bleu,
      Chrf chrf,
      double tokensPerSecond,
      long cut,
      Map<String, Long> skipped) {

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("model         " + model);
      lines.add("sentences     %d".formatted(sentences));
      lines.add(
          String.format(Locale.ROOT, "BLEU          %.2f  %s", bleu.score(), bleu.signature()));
      lines.add(
          String.format(Locale.ROOT, "chrF2         %.2f  %s", chrf.score(), chrf.signature()));
      lines.add(String.format(Locale.ROOT, "target tokens %.1f/s", tokensPerSecond));
      if (cut > 0) {
        lines.add("cut short     %d (they hit the length limit)".formatted(cut));
      }
      skipped.forEach(
          (reason, count) ->
              lines.add("not translated %d (%s): measured as empty".formatted(count, reason)));
      return lines;
    }

    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("model", model);
      json.put("sentences", sentences);
      json.put("bleu", bleu.score()).put("bleuSignature", bleu.signature());
      json.put("chrf2", chrf.score()).put("chrf2Signature", chrf.signature());
      json.put("targetTokensPerSecond", tokensPerSecond);
      json.put("hitLengthLimit", cut);
      ObjectNode reasons = json.putObject("notTranslated");
      skipped.forEach(reasons::put);
      return json;
    }
  }
}
