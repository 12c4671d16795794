package io.headwater.trainer.comparison;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.TokenGraph;
import io.headwater.trainer.graph.HeadGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What ONNX Runtime takes for texts of one length, on one thread.
 *
 * @param tokens length of each text
 * @param tokensPerSecond read
 * @param peakBytes by how much the process's memory grew at its highest, where the system tells
 */
public record InferenceCost(int tokens, double tokensPerSecond, OptionalLong peakBytes) {
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");

  /** As many tokens in a call as the scorer gives on a CPU, unless one text is longer. */
  private static final int BATCH_TOKENS = 1_024;

  private static final long LEAST_NANOS = 1_500_000_000L;

  /**
   * Runs a graph over random texts.
   *
   * @param vocabulary ids are below it
   * @throws IOException if the system's counters cannot be read
   */
  static InferenceCost measure(ModelProto model, int tokens, int vocabulary) throws IOException {
    int rows = Math.max(1, BATCH_TOKENS / tokens);
    Random random = new Random(tokens);
    List<int[]> batch =
        IntStream.range(0, rows)
            .mapToObj(row -> random.ints(tokens, 4, vocabulary).toArray())
            .toList();
    EngineOptions one = new EngineOptions(ExecutionProvider.CPU, 1);
    try (TokenGraph graph = TokenGraph.open("the exported network", model.toByteArray(), one)) {
      List<String> wanted = List.of(HeadGraph.PROBABILITIES);
      long before = resetPeak();
      graph.run(batch, 0, wanted);
      OptionalLong peak = before < 0 ? OptionalLong.empty() : peakSince(before);
      long calls = 0;
      long begun = System.nanoTime();
      do {
        graph.run(batch, 0, wanted);
        calls++;
      } while (System.nanoTime() - begun < LEAST_NANOS);
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new InferenceCost(tokens, calls * rows * tokens / seconds, peak);
    }
  }

  /** Memory in use, from which the highest counts anew; negative where the system cannot say. */
  private static long resetPeak() throws IOException {
    if (!Files.isWritable(RESET)) {
      return -1;
    }
    Files.writeString(RESET, "5");
    return status("VmRSS:");
  }

  private static OptionalLong peakSince(long before) throws IOException {
    return OptionalLong.of(Math.max(0, status("VmHWM:") - before));
  }

  private static long status(String name) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
      }
    }
    return 0;
  }
}
