package io.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.trainer.graph.FakeEncoder;
import io.headwater.trainer.graph.Floats;
import io.headwater.trainer.graph.HeadGraph;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.PooledState;
import io.headwater.trainer.graph.SentimentHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageAssemblerTest {

  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir Path folder;
  private Path source;
  private Path encoder;
  private Path target;

  @BeforeEach
  void writeSources() throws Exception {
    source = Files.createDirectories(folder.resolve("source"));
    encoder = FakeEncoder.folder(folder.resolve("encoder"));
    target = folder.resolve("packages").resolve("tiny").resolve("1.0.0");
    PackageSource.describe(source);
    writeHead(1);
  }

  @Test
  void makesAPackageThatOpensOnceItsHashesAreAccepted() throws Exception {
    assembler().accept();

    assembler().assemble();

    assertThatCode(() -> ModelPackage.open(target)).doesNotThrowAnyException();
  }

  @Test
  void stopsTheBuildWhenTheGraphComesOutDifferent() throws Exception {
    assembler().accept();
    writeHead(2);

    assertThatThrownBy(() -> assembler().assemble())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model.onnx came out with sha256")
        .hasMessageContaining("headwater.package.accept");
  }

  @Test
  void leavesAPackageAloneThatIsUpToDate() throws Exception {
    assembler().accept();
    assembler().assemble();
    Files.setLastModifiedTime(target.resolve("model.onnx"), LONG_AGO);

    assembler().assemble();

    assertThat(Files.getLastModifiedTime(target.resolve("model.onnx"))).isEqualTo(LONG_AGO);
  }

  @Test
  void makesAPackageAnewWhenAFileOfItIsGone() throws Exception {
    assembler().accept();
    assembler().assemble();
    Files.delete(target.resolve("tokenizer.json"));

    assembler().assemble();

    assertThat(target.resolve("tokenizer.json")).exists();
  }

  @Test
  void changesTheEncodersTokenizerAsThePatchSays() throws Exception {
    Files.writeString(
        source.resolve("tokenizer.patch.json"),
        """
        {"normalizer": {"type": "Replace", "pattern": {"Regex": "https?://\\\\S+"}, "content": "a"}}
        """);

    assembler().accept();

    ModelPackage made = ModelPackage.open(target);
    try (PackageTokenizer patched = PackageTokenizer.open(made);
        PackageTokenizer plain =
            PackageTokenizer.open(encoder.resolve("fake-tokenizer.json"), made.maxTokens(), "")) {
      assertThat(patched.encode("https://x.y/z?").ids()).isEqualTo(plain.encode("a").ids());
      assertThat(plain.encode("https://x.y/z?").ids()).isNotEqualTo(plain.encode("a").ids());
    }
  }

  @Test
  void keepsOnlyWhatFineTuningChanged() throws Exception {
    assembler().accept();
    writeHead(2);
    Path elsewhere = folder.resolve("tuned");
    new PackageAssembler(source, encoder, elsewhere).accept();
    writeHead(1);

    assembler().accept(elsewhere.resolve("model.onnx"));
    Files.delete(target.resolve("model.onnx"));
    assembler().assemble();

    assertThat(source.resolve("difference.onnx")).isNotEmptyFile();
    assertThat(Files.size(source.resolve("difference.onnx")))
        .isLessThan(Files.size(target.resolve("model.onnx")) / 2);
    List<TensorProto> came = weights(target);
    List<TensorProto> wanted = weights(elsewhere);
    for (int i = 0; i < came.size(); i++) {
      boolean whole = came.get(i).getDataType() != TensorProto.DataType.FLOAT.getNumber();
      assertThat(whole ? new float[0] : Floats.of(came.get(i)))
          .as(came.get(i).getName())
          .containsExactly(whole ? new float[0] : Floats.of(wanted.get(i)), within(1e-6f));
    }
  }

  private static List<TensorProto> weights(Path made) throws Exception {
    return OnnxFile.read(made.resolve("model.onnx")).getGraph().getInitializerList();
  }

  private PackageAssembler assembler() {
    return new PackageAssembler(source, encoder, target);
  }

  private void writeHead(float weight) throws Exception {
    float[] hidden = new float[HeadGraph.WIDTH];
    hidden[0] = weight;
    SentimentHead head =
        new SentimentHead(
            List.of(PooledState.parse("mean-11")),
            hidden,
            new float[1],
            new float[SentimentHead.LABELS],
            new float[SentimentHead.LABELS]);
    OnnxFile.write(HeadGraph.probabilities(head), source.resolve("head.onnx"));
  }
}
