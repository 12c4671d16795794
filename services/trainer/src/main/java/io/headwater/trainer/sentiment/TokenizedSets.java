package io.headwater.trainer.sentiment;

import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.TokenizedText;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.Sentiment;
import io.headwater.trainer.learning.TokenRow;
import io.headwater.trainer.learning.TrainingRows.DevSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns texts into token rows, and counts the texts that are too long to be read whole. */
public final class TokenizedSets implements AutoCloseable {

  /**
   * What became of a set.
   *
   * @param name of the set
   * @param rows texts in it
   * @param twoWay whether it knows no neutral
   * @param cut texts of which only the beginning is read
   */
  public record Count(String name, int rows, boolean twoWay, int cut) {}

  private final PackageTokenizer tokenizer;
  private final SegmentCutter cutter;
  private final List<Count> counts = new ArrayList<>();

  /**
   * Over a tokenizer.
   *
   * @param prefix put before each text
   * @throws IOException if the file cannot be read
   */
  TokenizedSets(Path tokenizer, int maxTokens, String prefix) throws IOException {
    this.tokenizer = PackageTokenizer.open(tokenizer, maxTokens, prefix);
    this.cutter = this.tokenizer.segmentCutter(0);
  }

  /** The rows of a set, under its name, all of one weight. */
  DevSet of(LabelledTexts texts) {
    return of(texts, 0);
  }

  /**
   * The rows of a set, under its name.
   *
   * @param balance how far rare labels weigh more: a row of a label that has the share p of the set
   *     and is one of k labels weighs (1 / kp) to this power, divided so that the mean is 1
   */
  DevSet of(LabelledTexts texts, double balance) {
    float[] weights = weights(texts.labels(), balance);
    List<TokenRow> rows = new ArrayList<>();
    boolean twoWay = texts.twoWay();
    int cut = 0;
    for (int i = 0; i < texts.size(); i++) {
      TokenizedText tokens = tokenizer.encode(texts.texts().get(i));
      cut += cutter.fits(tokens) ? 0 : 1;
      int label = texts.labels().get(i).index();
      rows.add(new TokenRow(cutter.first(tokens).ids(), label, twoWay, weights[label]));
    }
    counts.add(new Count(texts.name(), rows.size(), twoWay, cut));
    return new DevSet(texts.name(), rows);
  }

  private static float[] weights(List<Sentiment> labels, double balance) {
    int[] counts = new int[Sentiment.values().length];
    labels.forEach(label -> counts[label.index()]++);
    double[] weights = new double[counts.length];
    double sum = 0;
    for (int label = 0; label < counts.length; label++) {
      weights[label] = counts[label] == 0 ? 0 : Math.pow(counts[label], -balance);
      sum += counts[label] * weights[label];
    }
    float[] scaled = new float[counts.length];
    for (int label = 0; label < counts.length; label++) {
      scaled[label] = (float) (weights[label] * labels.size() / sum);
    }
    return scaled;
  }

  /** All sets so far. */
  List<Count> counts() {
    return List.copyOf(counts);
  }

  /** Tokens of the vocabulary. */
  int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
