package io.headwater.trainer.translation.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.translation.TransformerShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Cuts the same text otherwise each time: every merge of byte-pair encoding that could be made is
 * left out with some probability, so that a model sees rare words in their parts and one word in
 * many forms (BPE-dropout, Provilkov, Emelianenko and Voita 2020). With none left out, the ids are
 * those that the tokenizer gives. Knows the tokenizers that {@link TokenizerFileWriter} writes.
 */
public final class SubwordDropout {
  /** What a merge makes, and how early it was learned. */
  private record Merge(int rank, int token) {}

  private static final Merge NONE = new Merge(Integer.MAX_VALUE, -1);

  private final Map<String, Integer> ids;
  private final Map<Long, Merge> merges;
  private final double share;

  private SubwordDropout(Map<String, Integer> ids, Map<Long, Merge> merges, double share) {
    this.ids = ids;
    this.merges = merges;
    this.share = share;
  }

  /**
   * Reads a {@code tokenizer.json}.
   *
   * @param share of the merges that are left out, 0 to 1
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is not of the form that this project writes
   */
  public static SubwordDropout read(Path tokenizer, double share) throws IOException {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("subword dropout is " + share + "; 0 to 1");
    }
    JsonNode model = new JsonMapper().readTree(tokenizer.toFile()).path("model");
    if (!model.path("type").asText().equals("BPE") || model.path("byte_fallback").asBoolean()) {
      throw new IllegalArgumentException(
          tokenizer + ": subword dropout knows byte-pair encoding over characters only");
    }
    Map<String, Integer> ids = new HashMap<>();
    model
        .path("vocab")
        .properties()
        .forEach(token -> ids.put(token.getKey(), token.getValue().asInt()));
    Map<Long, Merge> merges = new HashMap<>();
    for (JsonNode merge : model.path("merges")) {
      String[] parts = merge.asText().split(" ", -1);
      Integer left = ids.get(parts[0]);
      Integer right = ids.get(parts[parts.length - 1]);
      Integer whole = ids.get(String.join("", parts));
      if (parts.length != 2 || left == null || right == null || whole == null) {
        throw new IllegalArgumentException(tokenizer + ": no merge of two tokens: " + merge);
      }
      merges.putIfAbsent(pair(left, right), new Merge(merges.size(), whole));
    }
    return new SubwordDropout(ids, merges, share);
  }

  /** The ids of a text with no merge left out, with the end. */
  public int[] whole(String text) {
    return encode(text, () -> true);
  }

  /** The ids of a text, with the end. */
  public int[] encode(String text, SplittableRandom random) {
    return encode(text, () -> random.nextDouble() >= share);
  }

  private int[] encode(String text, BooleanSupplier kept) {
    IntStream.Builder all = IntStream.builder();
    for (String piece : Pretokens.of(text)) {
      int[] symbols = symbols(piece);
      int count = merge(symbols, kept);
      for (int i = 0; i < count; i++) {
        all.add(symbols[i]);
      }
    }
    return all.add(TransformerShape.END).build().toArray();
  }

  /** Characters as ids; a run of unknown ones is one. */
  private int[] symbols(String piece) {
    IntStream.Builder symbols = IntStream.builder();
    int last = -1;
    for (int point : piece.codePoints().toArray()) {
      int id = ids.getOrDefault(Character.toString(point), TransformerShape.UNKNOWN);
      if (id != TransformerShape.UNKNOWN || last != id) {
        symbols.add(id);
      }
      last = id;
    }
    return symbols.build().toArray();
  }

  /** Merges in place, and says how many symbols are left. */
  private int merge(int[] symbols, BooleanSupplier kept) {
    int count = symbols.length;
    while (count > 1) {
      Merge best = NONE;
      int place = -1;
      for (int i = 0; i + 1 < count; i++) {
        Merge merge = merges.getOrDefault(pair(symbols[i], symbols[i + 1]), NONE);
        if (merge.rank() < best.rank() && kept.getAsBoolean()) {
          best = merge;
          place = i;
        }
      }
      if (place < 0) {
        return count;
      }
      symbols[place] = best.token();
      System.arraycopy(symbols, place + 2, symbols, place + 1, count - place - 2);
      count--;
    }
    return count;
  }

  private static long pair(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }
}
