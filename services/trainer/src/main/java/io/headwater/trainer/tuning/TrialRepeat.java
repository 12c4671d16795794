package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Runs a trial of a database again, rung by rung, to see whether the same comes of it. */
public final class TrialRepeat {
  private final TrialExecution execution;
  private final Path out;

  /**
   * A repeat, in the folder {@code out/again}; the parameters are those of {@link TuningSearch}.
   */
  public TrialRepeat(
      TuningPlan plan,
      ObjectNode configuration,
      TrialRunner runner,
      Path out,
      LongSupplier nanoseconds) {
    this.execution = new TrialExecution(plan, configuration, runner, nanoseconds);
    this.out = out;
  }

  /**
   * What was, and what is.
   *
   * @param before the record of the database
   * @param now the record of the repeat
   */
  public record Pair(TrialRecord before, TrialRecord now) {

    /** Whether both ended the same way, with the same bits in every metric. */
    public boolean same() {
      return before.state() == now.state() && before.metrics().equals(now.metrics());
    }
  }

  /**
   * Runs a trial again.
   *
   * @throws InvalidTuningException if there is no such trial
   */
  public List<Pair> run(int trial, List<TrialRecord> records)
      throws IOException, InterruptedException {
    List<TrialRecord> its = records.stream().filter(record -> record.trial() == trial).toList();
    if (its.isEmpty()) {
      throw new InvalidTuningException("--trial: there is no trial %d in %s".formatted(trial, out));
    }
    Path folder = out.resolve("again").resolve(String.valueOf(trial));
    clear(folder);
    List<Pair> pairs = new ArrayList<>();
    for (TrialRecord before : its) {
      pairs.add(new Pair(before, execution.run(trial, before.parameters(), before.rung(), folder)));
    }
    return pairs;
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
