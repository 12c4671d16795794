package io.headwater.trainer.diagnosis;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.trainer.data.LengthBatches;
import io.headwater.trainer.data.Sentiment;
import java.util.ArrayList;
import java.util.List;

/** Scores texts with a package, each by what fits one segment of its beginning. One thread's. */
final class SentimentScorer implements AutoCloseable {
  private final PackageTokenizer tokenizer;
  private final SegmentCutter cutter;
  private final SentimentEngine engine;

  private SentimentScorer(ModelPackage model) {
    this.tokenizer = PackageTokenizer.open(model);
    this.cutter = tokenizer.segmentCutter(0);
    try {
      this.engine = SentimentEngine.open(model, EngineOptions.cpu());
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Loads a package.
   *
   * @throws IllegalArgumentException if its labels are others than negative, neutral, positive
   */
  static SentimentScorer open(ModelPackage model) {
    if (!model.task().equals("sentiment")) {
      throw new IllegalArgumentException(
          model.id() + " is a package for " + model.task() + "; only sentiment can be diagnosed");
    }
    if (!model.labels().equals(Sentiment.labels())) {
      throw new IllegalArgumentException(
          "%s has the labels %s; a diagnosis needs %s"
              .formatted(model.id(), model.labels(), Sentiment.labels()));
    }
    return new SentimentScorer(model);
  }

  /** The beginnings of texts. */
  List<int[]> segments(List<String> texts) {
    List<int[]> segments = new ArrayList<>();
    for (String text : texts) {
      segments.add(cutter.first(tokenizer.encode(text)).ids());
    }
    return segments;
  }

  /** Probabilities, {@code [texts][labels]}. */
  float[][] score(List<String> texts) {
    List<int[]> segments = segments(texts);
    float[][] rows = new float[segments.size()][];
    for (List<Integer> batch : LengthBatches.of(segments)) {
      float[][] scores = engine.probabilities(batch.stream().map(segments::get).toList());
      for (int i = 0; i < scores.length; i++) {
        rows[batch.get(i)] = scores[i];
      }
    }
    return rows;
  }

  @Override
  public void close() {
    engine.close();
    tokenizer.close();
  }
}
