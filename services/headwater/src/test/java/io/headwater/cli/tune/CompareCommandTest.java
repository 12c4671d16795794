package io.headwater.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.CompareCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsALineForEachFormOfAttention() throws IOException {
    int code = compare("--out", folder.resolve("compared").toString(), "--seconds", "0.05");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("| dot-product |")
        .contains("| multi-query |")
        .contains("| additive |")
        .contains("| hierarchical |");
    assertThat(folder.resolve("compared/comparison.md")).exists();
  }

  @Test
  void refusesAFolderThatIsInUseWithOneLine() throws IOException {
    Files.writeString(folder.resolve("something"), "");

    int code = compare("--out", folder.toString());

    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString().lines().findFirst().orElse(""))
        .contains("--out")
        .contains("name a new folder");
  }

  private int compare(String... options) throws IOException {
    Path texts = folder.resolveSibling(folder.getFileName() + ".tsv");
    Files.writeString(
        texts,
        "positive\tgood fine great\nnegative\tbad poor awful\nneutral\tsome more words\n"
            .repeat(20));
    Path configuration = folder.resolveSibling(folder.getFileName() + ".yaml");
    Files.writeString(
        configuration,
        """
        task: sentiment
        model: {width: 8, vocabulary: 40, maxTokens: 32, feedForward: 16}
        data: {train: ["%s"], dev: ["%s"], test: ["%s"]}
        training: {batchTokens: 64}
        """
            .formatted(texts, texts, texts));
    String[] arguments = new String[options.length + 1];
    arguments[0] = configuration.toString();
    System.arraycopy(options, 0, arguments, 1, options.length);
    try {
      return new CommandLine(new CompareCommand())
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute(arguments);
    } finally {
      Files.delete(texts);
      Files.delete(configuration);
    }
  }
}
