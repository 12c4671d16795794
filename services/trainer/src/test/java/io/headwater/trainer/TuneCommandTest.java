package io.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.tuning.LogisticRunner;
import io.headwater.trainer.tuning.Plans;
import io.headwater.trainer.tuning.TrialRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as from a shell, over a real small training. */
class TuneCommandTest {
  @TempDir private Path folder = Path.of(".");
  private Path config = Path.of(".");
  private Path out = Path.of(".");
  private final StringWriter printed = new StringWriter();
  private final StringWriter faults = new StringWriter();

  @BeforeEach
  void writeConfiguration() throws IOException {
    config = folder.resolve("config.yaml");
    out = folder.resolve("out");
    Files.writeString(config, Plans.SMALL);
  }

  @Test
  void printsALineForEachTrialAndWritesReportAndBestConfiguration() throws IOException {
    int code = tune(new LogisticRunner());

    assertThat(faults.toString()).isEmpty();
    assertThat(code).isZero();
    List<String> lines = printed.toString().lines().toList();
    int trials = Files.readAllLines(out.resolve("trials.jsonl")).size() - 1;
    assertThat(lines).filteredOn(line -> line.startsWith("trial ")).hasSize(trials);
    assertThat(lines.get(0))
        .matches(
            "trial   0   1\\.00 epochs  dev\\.accuracy 0\\.\\d{4}  \\(best 0\\.\\d{4}, trial 0\\) "
                + " \\d+\\.\\d s  training\\.learningRate=.* model\\.inputs=\\d");
    assertThat(lines).anyMatch(line -> line.startsWith("best: trial "));
    assertThat(out.resolve("tuning.html")).isNotEmptyFile();
    assertThat(Files.readString(out.resolve("best.yaml")))
        .contains("learningRate", "epochs", "seed")
        .doesNotContain("tuning");
  }

  @Test
  void goesOnAfterAKillInTheMiddleOfALine() throws IOException {
    tune(new LogisticRunner());
    List<String> whole = Files.readAllLines(out.resolve("trials.jsonl"));
    Path file = out.resolve("trials.jsonl");
    Files.writeString(file, String.join("\n", whole.subList(0, 6)) + "\n");
    Files.writeString(
        file, whole.get(6).substring(0, whole.get(6).length() / 2), StandardOpenOption.APPEND);

    // Its checkpoints are lost as well: whatever is asked for is trained from the start.
    Files.move(out.resolve("trials"), folder.resolve("away"));

    int code = tune(new LogisticRunner());

    assertThat(code).isZero();
    assertThat(printed.toString()).contains("ended in half a line", "holds 5 results: going on");
    assertThat(Files.readAllLines(file).stream().map(TuneCommandTest::withoutSeconds))
        .isEqualTo(whole.stream().map(TuneCommandTest::withoutSeconds).toList());
  }

  @Test
  void aTrialThatRunsAgainIsComparedWithWhatItWas() {
    tune(new LogisticRunner());

    assertThat(tune(new LogisticRunner(), "--trial", "2")).isZero();
    assertThat(printed.toString()).containsPattern("(?m)^rung 0: dev.accuracy .*: the same$");

    LogisticRunner runner = new LogisticRunner();
    TrialRunner otherwise =
        (configuration, its, epochs) -> runner.run(configuration.put("seed", 1), its, epochs);
    assertThat(tune(otherwise, "--trial", "2")).isEqualTo(1);
    assertThat(printed.toString()).containsPattern("(?m)^rung 0: dev.accuracy .*: different$");
  }

  @Test
  void whatIsWrongWithTheConfigurationIsSaidInALineForEachFault() throws IOException {
    Files.writeString(
        config, Plans.SMALL.replace("bayesian", "luck").replace("trials: 14", "trials: 0"));

    int code = tune(new LogisticRunner());

    assertThat(code).isEqualTo(2);
    assertThat(faults.toString())
        .contains("tuning.search must be grid, random or bayesian, not luck\n")
        .contains("headwater: tuning.trials must be a whole number of 1 or more, not 0\n");
  }

  @Test
  void aChangedSpaceIsRefusedWithTheField() throws IOException {
    tune(new LogisticRunner());
    Files.writeString(config, Plans.SMALL.replace("[0, 0.5]", "[0, 0.6]"));

    assertThat(tune(new LogisticRunner())).isEqualTo(2);
    assertThat(faults.toString())
        .contains("tuning.space.training.weightDecay.linear[1]: ", "with 0.5, not 0.6");
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithItsLine() throws IOException {
    Files.writeString(config, "training:\n  rate: [1, 2\nmodel: x\n");

    assertThat(tune(new LogisticRunner())).isEqualTo(2);
    assertThat(faults.toString()).contains("config.yaml, line 3");
    assertThat(out).doesNotExist();
  }

  private int tune(TrialRunner runner, String... more) {
    CommandLine command = new CommandLine(new TuneCommand(runner));
    command.setOut(new PrintWriter(printed, true));
    command.setErr(new PrintWriter(faults, true));
    command.setParameterExceptionHandler(
        (fault, all) -> {
          fault.getCommandLine().getErr().println("headwater: " + fault.getMessage());
          return 2;
        });
    List<String> arguments = new ArrayList<>(List.of(config.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static String withoutSeconds(String line) {
    return line.replaceAll("\"seconds\":[0-9.E-]+", "");
  }
}
