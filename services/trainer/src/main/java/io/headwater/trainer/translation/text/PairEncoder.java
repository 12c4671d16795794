package io.headwater.trainer.translation.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.headwater.trainer.translation.TransformerShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Texts to token ids and back, with the tokenizer file that the package will carry. One thread. */
public final class PairEncoder implements AutoCloseable {
  private static final int ROWS_A_CALL = 4_096;

  private final HuggingFaceTokenizer tokenizer;

  /**
   * Loads {@code tokenizer.json}.
   *
   * @throws IOException if it cannot be read
   */
  public PairEncoder(Path file) throws IOException {
    this.tokenizer =
        HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false"));
  }

  /** Each pair as ids. */
  public List<TokenPair> encode(ParallelTexts texts) {
    List<int[]> sources = encode(texts.sources());
    List<int[]> targets = encode(texts.targets());
    List<TokenPair> pairs = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      pairs.add(new TokenPair(sources.get(i), targets.get(i)));
    }
    return pairs;
  }

  /** Each text as ids, with the end. */
  public List<int[]> encode(List<String> texts) {
    List<int[]> rows = new ArrayList<>(texts.size());
    for (int from = 0; from < texts.size(); from += ROWS_A_CALL) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + ROWS_A_CALL));
      for (Encoding encoding : tokenizer.batchEncode(some, true, false)) {
        rows.add(Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray());
      }
    }
    return rows;
  }

  /** The text of ids, up to the end. */
  public String decode(int[] ids) {
    long[] visible =
        Arrays.stream(ids).takeWhile(id -> id != TransformerShape.END).asLongStream().toArray();
    return tokenizer.decode(visible, true);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
