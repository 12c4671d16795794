package io.headwater.scorer;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a model takes of a machine's memory outside the heap, by the size of its graphs. */
final class ScorerMemory {
  /** Weights are kept once, and once more in the order in which they are multiplied. Measured. */
  private static final double TIMES_FILE = 1.6;

  /** Results between the operations of a batch. Measured with batches of 1,024 tokens. */
  private static final long WORK_BYTES = 96L << 20;

  private ScorerMemory() {}

  /** Bytes of a model that is loaded and at work; 0 where there is no such package. */
  static long of(ModelCatalog catalog, ModelId model) {
    return catalog.find(model).map(ScorerMemory::graphs).orElse(0L);
  }

  private static long graphs(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        if (String.valueOf(file.getFileName()).contains(".onnx")) {
          bytes += Files.size(file);
        }
      }
      return (long) (bytes * TIMES_FILE) + WORK_BYTES;
    } catch (IOException e) {
      // Whoever opens the package says what is wrong with it.
      return 0;
    }
  }
}
