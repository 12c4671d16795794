package io.headwater.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as from a shell, with tiny models: what it prints, not what is fast. */
class TuneBatchCommandTest {
  @TempDir private static Path models;
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void makePackages() throws IOException {
    PackageFolder.good(Files.createDirectories(models.resolve("tiny").resolve("1.0.0")));
    TranslationFolder.good(
        Files.createDirectories(models.resolve("tiny-translation").resolve("1.0.0")));
  }

  @Test
  void measuresEverySetupAndRecommendsOne() {
    int code = tune("--model", "tiny@1.0.0");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).startsWith("tiny@1.0.0, ");
    assertThat(lines).filteredOn(line -> line.startsWith("cpu ")).hasSizeGreaterThanOrEqualTo(7);
    assertThat(lines).filteredOn(line -> line.endsWith("<- recommended")).hasSize(1);
    assertThat(lines).anyMatch(line -> line.startsWith("Recommended: "));
    assertThat(lines).contains("execution.provider=cpu");
    assertThat(lines).anyMatch(line -> line.matches("scorer\\.engine\\.threads=\\d+"));
    assertThat(lines).anyMatch(line -> line.matches("scorer\\.batch\\.tokens=\\d+"));
    assertThat(lines).anyMatch(line -> line.matches("scorer\\.batch\\.call\\.tokens=\\d+"));
  }

  @Test
  void tunesTranslationWithAFileOfMessages() throws IOException {
    Path file = folder.resolve("messages");
    Files.writeString(file, "{\"text\": \"w1 w2. w3\"}\n\nw4 w5 w6\n");

    int code =
        tune(
            "--task",
            "translation",
            "--model",
            "tiny-translation@1.0.0",
            "--messages",
            file.toString(),
            "--set",
            "scorer.translation.unit.tokens=64");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).containsPattern("(?m)^scorer\\.translation\\.batch\\.tokens=\\d+$");
  }

  @Test
  void writesTheSettingsAndKeepsTheOthers() throws IOException {
    Path file = folder.resolve("headwater.properties");
    Files.writeString(file, "# mine\nscorer.batch.tokens = 77\nbootstrap.servers=here:1\n");

    int code = tune("--model", "tiny@1.0.0", "--write", file.toString());

    assertThat(code).isZero();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).startsWith("# mine").contains("bootstrap.servers=here:1");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("scorer.batch.tokens"))
        .hasSize(1)
        .allMatch(line -> line.matches("scorer\\.batch\\.tokens=\\d{3,4}"));
    assertThat(lines).contains("execution.provider=cpu");
  }

  @Test
  void aModelOfAnotherTaskIsRefusedInALine() {
    int code = tune("--model", "tiny-translation@1.0.0");

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("its task is translation");
    assertThat(code).isEqualTo(3);
  }

  @Test
  void anUnknownTaskIsRefused() {
    int code = tune("--task", "summary");

    assertThat(err.toString()).contains("there is no task summary");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void aBadLineOfMessagesIsNamed() throws IOException {
    Path file = folder.resolve("messages");
    Files.writeString(file, "good\n{\"txt\": 1}\n");

    int code = tune("--model", "tiny@1.0.0", "--messages", file.toString());

    assertThat(err.toString()).contains("line 2 has no text");
    assertThat(code).isEqualTo(3);
  }

  private int tune(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("tune-batch", "--seconds", "0"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--set", "models.directory=" + models, "--set", "execution.provider=cpu"));
    return commands.execute(all.toArray(String[]::new));
  }
}
