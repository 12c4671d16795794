package io.headwater.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import io.headwater.models.ModelPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headwater models quantize}, run as from a shell on a model that was just trained. */
class QuantizeModelCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void trainAModel() throws IOException {
    Files.writeString(
        folder.resolve("toy.tsv"),
        "positive\tgood film\nneutral\tlong film\nnegative\tbad film\n".repeat(20));
    Path config = folder.resolve("toy.yaml");
    Files.writeString(
        config,
        """
        task: sentiment
        model: {width: 8, vocabulary: 100, layers: [{attention: {heads: 1}}]}
        data: {train: [F/toy.tsv], dev: [F/toy.tsv]}
        training: {epochs: 2, warmUp: 0, learningRate: 0.02}
        """
            .replace("F/", folder + "/"));
    assertThat(run("train", config.toString())).as(err.toString()).isZero();
  }

  @Test
  void makesAPackageForTheCpuAndTellsHowNearItIs() {
    Path integers = folder.resolve("int8");

    int code = quantize(folder.resolve("toy/package"), integers);

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("invariant  48 texts score the same bits alone and in batches")
        .containsPattern("agreement  \\d+\\.\\d\\d % of the texts keep their label")
        .containsPattern("quality    toy after  accuracy");
    ModelPackage written = ModelPackage.open(integers);
    assertThat(written.id().toString()).isEqualTo("sentiment-mine-int8@1.0.0");
    assertThat(written.isCpuOnly()).isTrue();
    assertThat(written.card().quality()).containsKeys("toy.accuracy", "toy.macroRecall");
  }

  @Test
  void whatHasIntegersAlreadyOrLiesThereIsRefusedInOneLine() {
    Path integers = folder.resolve("int8");
    quantize(folder.resolve("toy/package"), integers);

    assertThat(quantize(folder.resolve("toy/package"), integers)).isNotZero();
    assertThat(err.toString()).contains("headwater: ").doesNotContain("\tat ");
    assertThat(quantize(integers, folder.resolve("again"))).isNotZero();
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  private int quantize(Path model, Path target) {
    String texts = folder.resolve("toy.tsv").toString();
    return run(
        "models",
        "quantize",
        model.toString(),
        "--calibrate",
        texts,
        "--evaluate",
        texts,
        "--out",
        target.toString());
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
