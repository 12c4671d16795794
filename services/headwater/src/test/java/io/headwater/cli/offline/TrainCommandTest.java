package io.headwater.cli.offline;

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

/** {@code headwater train CONFIG} and {@code headwater export}, run as from a shell. */
class TrainCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeTexts() throws IOException {
    String texts = "positive\tgood film\nneutral\tlong film\nnegative\tbad film\n".repeat(20);
    Files.writeString(folder.resolve("toy.tsv"), texts);
  }

  @Test
  void trainsFromAConfigurationAndExportsAgain() throws IOException {
    Path config = write("");

    assertThat(run("train", config.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("written: sentiment-mine@1.0.0", "the best so far");
    String trained = folder.resolve("toy/package").toString();
    String texts = folder.resolve("toy.tsv").toString();
    assertThat(run("evaluate", "--model", trained, "--data", texts)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("model         sentiment-mine@1.0.0", "texts         60");
    assertThat(run("score", texts, "--model", trained)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"model\":\"sentiment-mine@1.0.0\"");
    Path exported = folder.resolve("exported");
    int code =
        run(
            "export",
            folder.resolve("toy").toString(),
            "--id",
            "renamed@2.0.0",
            "--temperature",
            "1.5",
            "--out",
            exported.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(ModelPackage.open(exported).id().toString()).isEqualTo("renamed@2.0.0");
  }

  @Test
  void trainsATranslationModelFromAConfigurationAndExportsItAgain() throws IOException {
    Path config = writeTranslation();

    assertThat(run("train", config.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("written: translation-mine@1.0.0", "BLEU = ");
    String trained = folder.resolve("pairs").toString();
    String exported = folder.resolve("exported").toString();
    int code = run("export", trained, "--id", "renamed@2.0.0", "--out", exported);

    assertThat(code).as(err.toString()).isZero();
    assertThat(ModelPackage.open(folder.resolve("exported")).id().toString())
        .isEqualTo("renamed@2.0.0");
    int milder = run("export", trained, "--id", "a@1.0.0", "--out", exported, "--temperature", "2");
    assertThat(milder).isEqualTo(3);
    assertThat(err.toString())
        .contains("headwater: --temperature is for the probabilities of a sentiment model");
  }

  @Test
  void tuneAndCompareSayThatTranslationIsNotForThem() throws IOException {
    Path config = writeTranslation();
    Files.writeString(
        config,
        Files.readString(config)
            + """
            tuning:
              search: random
              trials: 2
              metric: dev.bleu
              space: {training.learningRate: {log: [0.001, 0.1]}}
            """);
    String fresh = folder.resolve("fresh").toString();

    assertThat(run("tune", config.toString(), "--out", fresh)).isEqualTo(2);
    assertThat(run("compare", config.toString(), "--out", fresh)).isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            "headwater: task is translation; only train and export take it, this is for sentiment",
            "headwater: task is translation; only train and export take it, this is for sentiment");
  }

  @Test
  void faultsOfTheConfigurationAreOneLineEach() throws IOException {
    Path config = write("speed: fast\nseed: -1\n");

    assertThat(run("train", config.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("headwater: speed is not known here")
        .contains("headwater: seed is -1; a whole number, 0 or more")
        .doesNotContain("\tat ");
  }

  @Test
  void badLinesOfTextAreNamed() throws IOException {
    Files.writeString(folder.resolve("toy.tsv"), "positive\tgood\nsplendid\n");

    assertThat(run("train", write("").toString())).isEqualTo(3);
    assertThat(err.toString()).contains("toy.tsv line 2: no TAB").doesNotContain("\tat ");
  }

  @Test
  void aModelThatIsNeitherFolderNorNameIsRefusedInOneLine() {
    String texts = folder.resolve("toy.tsv").toString();

    assertThat(run("evaluate", "--model", "nowhere", "--data", texts)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--model: there is no folder nowhere")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderWithoutATrainingCannotBeExported() {
    int code =
        run(
            "export",
            folder.toString(),
            "--id",
            "a@1.0.0",
            "--out",
            folder.resolve("x").toString());

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("holds no finished training");
  }

  @Test
  void whatIsWrongWithATranslationIsToldBeforeItIsTrained() {
    String pairs = folder.resolve("pairs.tsv").toString();
    String[] command = {
      "train",
      "translation",
      "--from",
      "de",
      "--train",
      pairs,
      "--dev",
      pairs,
      "--out",
      folder.resolve("out").toString(),
      "--model",
      "no version"
    };

    assertThat(run(command)).isEqualTo(2);
    assertThat(err.toString()).contains("headwater: ", "no version").doesNotContain("unexpected");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void theOldSubcommandsAreStillThere() {
    assertThat(run("train", "translation", "--help")).isZero();
    assertThat(out.toString()).contains("--from");
    assertThat(run("train")).isEqualTo(2);
  }

  private Path writeTranslation() throws IOException {
    Path pairs = folder.resolve("pairs.tsv");
    Files.writeString(pairs, "ein rotes Haus\ta red house\nein Haus\ta house\n".repeat(10));
    Path config = folder.resolve("pairs.yaml");
    Files.writeString(
        config,
        """
        task: translation
        model:
          width: 8
          vocabulary: 40
          maxTokens: 30
          encoder: [{attention: {heads: 1}}]
          decoder: [{attention: {heads: 2}, cross: {kind: general, heads: 1}}]
        data: {train: [F], dev: [F], from: [de]}
        training: {epochs: 1, warmUp: 0, learningRate: 0.01}
        """
            .replace("F", pairs.toString()));
    return config;
  }

  private Path write(String more) throws IOException {
    Path config = folder.resolve("toy.yaml");
    Files.writeString(
        config,
        """
        task: sentiment
        model: {width: 8, vocabulary: 100, layers: [{attention: {heads: 1}}]}
        data: {train: [F/toy.tsv], dev: [F/toy.tsv]}
        training: {epochs: 1, warmUp: 0, learningRate: 0.01}
        """
                .replace("F/", folder + "/")
            + more);
    return config;
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
