package io.headwater.faults.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to run the same replay.
 *
 * @param name of the replay
 * @param partitions of the topic that it reads
 * @param batchTokens most tokens of a batch in the model
 * @param pollRecords most records that the scorer takes at once
 * @param engineThreads threads of ONNX Runtime
 * @param tokenizerThreads stream threads of the tokenizer
 */
public record Variation(
    String name,
    int partitions,
    int batchTokens,
    int pollRecords,
    int engineThreads,
    int tokenizerThreads) {
  /** All differ in everything; the last one reads the topic of the first. */
  public static final List<Variation> ALL =
      List.of(
          new Variation("one", 1, 1_024, 1_024, 1, 1),
          new Variation("two", 2, 64, 16, 2, 2),
          new Variation("three", 3, 4_096, 4_000, 1, 3),
          new Variation("four", 4, 256, 100, 2, 1),
          new Variation("eight", 8, 100_000, 10_000, 1, 2),
          new Variation("again", 1, 128, 33, 2, 1));

  /** The topic that it reads. */
  public String topic() {
    return "past-" + partitions;
  }

  /** Its settings, as {@code --set} takes them. */
  public List<String> settings() {
    List<String> all = new ArrayList<>();
    Map.of(
            "scorer.batch.tokens", batchTokens,
            "scorer.max.poll.records", pollRecords,
            "scorer.unit.tokens", Math.max(512, 8 * batchTokens),
            "scorer.engine.threads", engineThreads,
            "tokenizer.threads", tokenizerThreads)
        .forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
    return all;
  }
}
