package io.headwater.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import io.headwater.trainer.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headwater tune}, run as from a shell, over trainings of a tiny sentiment model. */
class TuneCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeTexts() throws IOException {
    String texts = "positive\tgood film\nneutral\tlong film\nnegative\tbad film\n".repeat(20);
    Files.writeString(folder.resolve("toy.tsv"), texts);
  }

  @Test
  void searchesPromotesRepeatsAndWritesAConfigurationThatTrainReads() throws IOException {
    Path config = write("");

    assertThat(run("tune", config.toString(), "--out", folder.resolve("out").toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .containsPattern("trial   1   1\\.00 epochs  dev\\.macroRecall")
        .containsPattern("trial   \\d   2\\.00 epochs  dev\\.macroRecall")
        .contains("failed: model.layers", "best: trial ");
    assertThat(folder.resolve("out/tuning.html")).isNotEmptyFile();
    Path best = folder.resolve("out/best.yaml");
    assertThat(Configuration.read(best).plan().epochs()).isEqualTo(2);

    int again =
        run("tune", config.toString(), "--out", folder.resolve("out").toString(), "--trial", "5");

    assertThat(again).as(out + err.toString()).isZero();
    assertThat(out.toString()).contains(": the same");
  }

  @Test
  void faultsOfTheConfigurationAreOneLineEachBeforeAnyTrial() throws IOException {
    Path config = write("speed: fast\n");

    assertThat(run("tune", config.toString(), "--out", folder.resolve("out").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("headwater: speed is not known here");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private int run(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  private Path write(String more) throws IOException {
    Path texts = folder.resolve("toy.tsv");
    return Files.writeString(
        folder.resolve("toy.yaml"),
        """
        task: sentiment
        model:
          width: 8
          vocabulary: 300
          feedForward: 8
          layers: [{attention: {kind: dot-product, heads: 2}}]
        data: {train: [%1$s], dev: [%1$s]}
        training: {learningRate: 0.01, warmUp: 2, average: 0}
        tuning:
          search: grid
          trials: 6
          metric: dev.macroRecall
          halving: {factor: 2, leastEpochs: 1, mostEpochs: 2}
          space:
            training.learningRate: {log: [0.001, 0.1], points: 2}
            model.layers[*].attention.heads: {choice: [1, 2, 3]}
        """
                .formatted(texts)
            + more);
  }
}
