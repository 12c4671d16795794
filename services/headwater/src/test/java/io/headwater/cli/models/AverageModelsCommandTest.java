package io.headwater.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import io.headwater.models.ModelPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headwater models average}, run as from a shell on models that were just trained. */
class AverageModelsCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeTexts() throws IOException {
    Files.writeString(
        folder.resolve("toy.tsv"),
        "positive\tgood film\nneutral\tlong film\nnegative\tbad film\n".repeat(20));
  }

  @Test
  void whatLiesBetweenTwoTrainingsOfOneBeginningIsAPackage() throws IOException {
    String model = "{width: 8, vocabulary: 100, layers: [{attention: {heads: 1}}]}";
    // The seed gives both the same weights to begin with.
    Path one = train("one", model, 0.02);
    Path other = train("other", model, 0.01);
    String texts = folder.resolve("toy.tsv").toString();
    Path mean = folder.resolve("mean");

    int code = average(mean, one.toString(), other.toString(), "--evaluate", texts);

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("toy +mean@1.0.0 +accuracy").contains("written: ");
    ModelPackage written = ModelPackage.open(mean);
    assertThat(written.card().quality()).containsKey("toy.macroRecall");
    assertThat(written.card().origin()).startsWith("the mean of the weights of ");
    assertThat(Files.readAllBytes(written.graphFile()))
        .isNotEqualTo(Files.readAllBytes(ModelPackage.open(one).graphFile()));
  }

  @Test
  void packagesOfAnotherFormAreRefusedInOneLine() throws IOException {
    Path narrow =
        train("narrow", "{width: 8, vocabulary: 99, layers: [{attention: {heads: 1}}]}", 0.02);
    Path wide =
        train("wide", "{width: 16, vocabulary: 99, layers: [{attention: {heads: 1}}]}", 0.02);

    int code = average(folder.resolve("mean"), narrow.toString(), wide.toString());

    assertThat(code).isNotZero();
    assertThat(err.toString()).contains("headwater: ").doesNotContain("\tat ");
    assertThat(folder.resolve("mean")).doesNotExist();
  }

  @Test
  void whatLiesBetweenTwoTranslationTrainingsIsAPackageToo() throws IOException {
    Path one = trainTranslation("one", "0.01");
    Path other = trainTranslation("other", "0.006");
    Path mean = folder.resolve("mean");
    Path same = folder.resolve("same");
    String texts = folder.resolve("pairs.tsv").toString();

    int code = average(mean, one.toString(), other.toString(), "--evaluate", texts);

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("pairs +mean@1.0.0 +BLEU=").contains("written: ");
    ModelPackage written = ModelPackage.open(mean);
    assertThat(written.supports("de", "en")).isTrue();
    assertThat(written.card().quality()).containsKeys("pairs.bleu", "pairs.chrf");
    assertThat(written.card().origin()).startsWith("the mean of the weights of ");
    assertThat(average(same, one.toString(), one.toString())).as(err.toString()).isZero();
    for (String graph : List.of("encoder_model.onnx", "decoder_model_merged.onnx")) {
      assertThat(mean.resolve(graph)).isNotEmptyFile();
      assertThat(Files.mismatch(mean.resolve(graph), one.resolve(graph))).isNotNegative();
      assertThat(same.resolve(graph)).hasSameBinaryContentAs(one.resolve(graph));
    }
  }

  @Test
  void packagesOfTwoTasksAreRefusedInOneLine() throws IOException {
    Path sentiment =
        train("narrow", "{width: 8, vocabulary: 99, layers: [{attention: {heads: 1}}]}", 0.02);
    Path translation = trainTranslation("one", "0.01");

    int code = average(folder.resolve("mean"), translation.toString(), sentiment.toString());

    assertThat(code).isNotZero();
    assertThat(err.toString())
        .contains("is a package for sentiment, and translation-mine@1.0.0 for translation")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("mean")).doesNotExist();
  }

  private int average(Path mean, String... arguments) {
    List<String> all = new ArrayList<>(List.of("models", "average"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--id", "mean@1.0.0", "--out", mean.toString()));
    return run(all.toArray(String[]::new));
  }

  private Path trainTranslation(String name, String rate) throws IOException {
    Path pairs = folder.resolve("pairs.tsv");
    Files.writeString(
        pairs,
        "eins zwei drei vier\tone two three four\nvier drei zwei eins\tfour three two one\n"
            .repeat(20));
    String options =
        "train translation --from de --train %s --dev %s --out %s --dev-rows 4 --epochs 8"
            + " --vocabulary 28 --width 16 --heads 2 --feed-forward 16 --encoder-layers 1 --decoder-layers 1"
            + " --max-tokens 32 --batch-tokens 64 --warm-up 2 --dropout 0 --learning-rate %s";
    Path to = folder.resolve(name);
    assertThat(run(options.formatted(pairs, pairs, to, rate).split(" ")))
        .as(err.toString())
        .isZero();
    return to.resolve("package");
  }

  private Path train(String name, String model, double rate) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        task: sentiment
        model: %s
        data: {train: [F/toy.tsv], dev: [F/toy.tsv]}
        training: {epochs: 2, warmUp: 0, learningRate: %s}
        """
            .formatted(model, rate)
            .replace("F/", folder + "/"));
    assertThat(run("train", config.toString())).as(err.toString()).isZero();
    return folder.resolve(name).resolve("package");
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
