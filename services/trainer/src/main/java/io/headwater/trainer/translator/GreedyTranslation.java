package io.headwater.trainer.translator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.attention.Remembered;
import io.headwater.trainer.learning.TokenTensors;
import io.headwater.trainer.network.DecoderMemory;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.network.Written;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.translation.TransformerShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Translates in PyTorch, the most probable token at each step. Belongs to one thread. */
final class GreedyTranslation {
  private static final int ROWS_A_CALL = 64;

  private final TranslationNetwork network;
  private final Map<String, NDArray> weights;
  private final NDManager manager;

  GreedyTranslation(TranslationNetwork network, Map<String, NDArray> weights, NDManager manager) {
    this.network = network;
    this.weights = weights;
    this.manager = manager;
  }

  /**
   * The translation of each source, without start and end. One that does not end by itself is cut
   * off at twice the longest source of its batch and ten tokens, or where there are no more
   * positions.
   */
  List<int[]> translate(List<int[]> sources) {
    List<Integer> order =
        IntStream.range(0, sources.size())
            .boxed()
            .sorted(Comparator.comparingInt(row -> sources.get(row).length))
            .toList();
    int[][] translations = new int[sources.size()][];
    for (int from = 0; from < order.size(); from += ROWS_A_CALL) {
      List<Integer> rows = order.subList(from, Math.min(order.size(), from + ROWS_A_CALL));
      List<int[]> written = together(rows.stream().map(sources::get).toList());
      for (int i = 0; i < rows.size(); i++) {
        translations[rows.get(i)] = written.get(i);
      }
    }
    return Arrays.asList(translations);
  }

  private List<int[]> together(List<int[]> sources) {
    int longest = sources.get(sources.size() - 1).length;
    int most = Math.min(2 * longest + 10, network.shape().encoder().maxTokens() - 1);
    long[] next = new long[sources.size()];
    Arrays.fill(next, TransformerShape.START);
    boolean[] finished = new boolean[next.length];
    List<List<Integer>> written = new ArrayList<>();
    sources.forEach(source -> written.add(new ArrayList<>()));
    try (NDManager own = manager.newSubManager()) {
      Tokens<NDArray> source = TokenTensors.of(sources, own);
      DecoderMemory<NDArray> memory = null;
      for (int step = 0; step < most && !all(finished); step++) {
        try (NDManager once = own.newSubManager()) {
          TorchOps ops = new TorchOps(weights, once, false);
          NDArray ids = once.create(next, new Shape(next.length, 1));
          Written<NDArray> out;
          if (memory == null) {
            out = network.decode(ops, ids, network.encode(ops, source), source.keep());
            out.memory().source().forEach(kept -> move(kept, own));
          } else {
            memory.own().forEach(past -> move(past, once));
            out = network.step(ops, ids, memory, source.keep());
          }
          memory = out.memory();
          memory.own().forEach(kept -> move(kept, own));
          next = out.logits().argMax(2).toLongArray();
        }
        for (int row = 0; row < next.length; row++) {
          finished[row] |= next[row] == TransformerShape.END;
          if (!finished[row]) {
            written.get(row).add(Math.toIntExact(next[row]));
          }
        }
      }
    }
    return written.stream().map(row -> row.stream().mapToInt(Integer::intValue).toArray()).toList();
  }

  /** Gives arrays to another owner: who closes it frees them. */
  private static void move(Remembered<NDArray> arrays, NDManager owner) {
    arrays.keys().attach(owner);
    arrays.values().attach(owner);
  }

  private static boolean all(boolean[] finished) {
    for (boolean done : finished) {
      if (!done) {
        return false;
      }
    }
    return true;
  }
}
