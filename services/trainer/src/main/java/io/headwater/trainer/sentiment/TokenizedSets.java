package io.headwater.trainer.sentiment;

import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.trainer.data.LabelledTexts;
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
   * @throws IOException if the file cannot be read
   */
  TokenizedSets(Path tokenizer, int maxTokens) throws IOException {
    this.tokenizer = PackageTokenizer.open(tokenizer, maxTokens, "");
    this.cutter = this.tokenizer.segmentCutter(0);
  }

  /** The rows of a set, under its name. */
  DevSet of(LabelledTexts texts) {
    List<TokenRow> rows = new ArrayList<>();
    boolean twoWay = texts.twoWay();
    int cut = 0;
    for (int i = 0; i < texts.size(); i++) {
      List<Segment> segments = cutter.cut(tokenizer.encode(texts.texts().get(i)));
      cut += segments.size() > 1 ? 1 : 0;
      rows.add(new TokenRow(segments.get(0).ids(), texts.labels().get(i).index(), twoWay));
    }
    counts.add(new Count(texts.name(), rows.size(), twoWay, cut));
    return new DevSet(texts.name(), rows);
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
