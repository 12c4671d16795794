package io.headwater.trainer.head;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.LengthBatches;
import java.util.ArrayList;
import java.util.List;

/** Measures a finished package on labelled texts, by way of its own tokenizer and graph. */
public final class PackageQuality {

  private PackageQuality() {}

  /**
   * Scores as much of every text as fits one segment, and compares with the labels. The package's
   * labels must be negative, neutral, positive, in this order.
   */
  public static Quality measure(ModelPackage model, LabelledTexts texts) {
    List<int[]> segments = new ArrayList<>();
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SegmentCutter cutter = tokenizer.segmentCutter(0);
      for (String text : texts.texts()) {
        segments.add(cutter.first(tokenizer.encode(text)).ids());
      }
    }
    try (SentimentEngine engine = SentimentEngine.open(model, EngineOptions.cpu())) {
      return Quality.of(texts, score(engine, segments));
    }
  }

  private static float[][] score(SentimentEngine engine, List<int[]> segments) {
    float[][] rows = new float[segments.size()][];
    for (List<Integer> batch : LengthBatches.of(segments)) {
      float[][] scores = engine.probabilities(batch.stream().map(segments::get).toList());
      for (int i = 0; i < scores.length; i++) {
        rows[batch.get(i)] = scores[i];
      }
    }
    return rows;
  }
}
