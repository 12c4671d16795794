package io.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.ModelPackage;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.graph.FakeEncoder;
import io.headwater.trainer.head.PackageQuality;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From data files to a package that scores, over an encoder small enough to be written by hand. */
class SentimentHeadTrainerTest {

  @TempDir Path folder;
  private Path data;
  private Path encoder;
  private Path out;

  @BeforeEach
  void writeDataAndEncoder() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    encoder = FakeEncoder.folder(folder.resolve("encoder"));
    out = folder.resolve("out");
    String two = "positive\tthe film is good\nnegative\tthe film is bad\n".repeat(60);
    String three = two + "neutral\tthe film is a film\n".repeat(60);
    for (String name : List.of("ccby.train", "sst2.dev")) {
      Files.writeString(data.resolve(name + ".tsv"), two);
    }
    for (String name : List.of("sst3.train", "sst3.dev", "semeval.train", "semeval.dev")) {
      Files.writeString(data.resolve(name + ".tsv"), three);
    }
  }

  @Test
  void trainsAHeadThatWorksInAPackage() throws Exception {
    StringWriter printed = new StringWriter();

    int exitCode =
        command(printed)
            .execute(arguments("--hidden", "8", "--epochs", "10", "--learning-rate", "0.02"));

    assertThat(exitCode).isZero();
    assertThat(printed.toString()).contains("head.onnx", "sst2.dev", "macroRecall=1.0000");
    ModelPackage model = assembled(out.resolve("head.onnx"));
    LabelledTexts texts = LabelledTexts.read(data.resolve("sst3.dev.tsv"));
    assertThat(PackageQuality.measure(model, texts).accuracy()).isEqualTo(1.0);
  }

  @Test
  void reusesTheFeaturesOfAnEarlierRun() throws Exception {
    command(new StringWriter()).execute(arguments("--epochs", "1"));
    List<Path> before = features();
    Files.delete(out.resolve("head.onnx"));

    command(new StringWriter()).execute(arguments("--epochs", "1"));

    assertThat(features()).isEqualTo(before).isNotEmpty();
    assertThat(out.resolve("head.onnx")).exists();
  }

  @Test
  void explainsItself() {
    StringWriter printed = new StringWriter();

    command(printed).execute("--help");

    assertThat(printed.toString()).contains("--data=DIR", "--encoder=FILE", "Example:");
  }

  private ModelPackage assembled(Path head) throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.copy(head, source.resolve("head.onnx"));
    PackageSource.describe(source);
    Path target = folder.resolve("packages").resolve("tiny").resolve("1.0.0");
    new PackageAssembler(source, encoder, target).accept();
    return ModelPackage.open(target);
  }

  private List<Path> features() throws Exception {
    try (Stream<Path> files = Files.list(out.resolve("features"))) {
      return files.sorted().toList();
    }
  }

  private String[] arguments(String... more) {
    return Stream.concat(
            Stream.of(
                "--data",
                data.toString(),
                "--encoder",
                encoder.toString(),
                "--out",
                out.toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static CommandLine command(StringWriter out) {
    return new CommandLine(new TrainSentimentHeadCommand()).setOut(new PrintWriter(out, true));
  }
}
