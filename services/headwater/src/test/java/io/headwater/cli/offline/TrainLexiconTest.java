package io.headwater.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headwater train lexicon}, run as from a shell. */
class TrainLexiconTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(
        folder.resolve("dictionary"),
        """
        # A dictionary in the form of Ding
        Hund {m} | Hunde {pl} :: dog | dogs
        Riemen {m} [naut.]; Ruder {n} :: oar
        Ionenfalle {f} [phys.] :: oar trap
        langsam rudern {vi} :: to row slowly
        """);
    Files.writeString(folder.resolve("train.tsv"), "Der Hund schläft.\tA dog sleeps.\n".repeat(8));
    Files.writeString(
        folder.resolve("more.tsv"),
        "neutral\tThe oar is a trap. Row slowly to the dogs.\n".repeat(2));
    Files.writeString(folder.resolve("dev.tsv"), "Langsam rudern!\tRow slowly!\n");
  }

  @Test
  void writesPairsThatATrainingCanRead() throws IOException {
    int code = run("--seed", "3");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("5 entries: 3 rare nouns, 1 others, and 8 sentences of 8 with a rare noun")
        .contains("written: " + folder.resolve("pairs.tsv"));
    List<String> lines = Files.readAllLines(folder.resolve("pairs.tsv"));
    assertThat(lines)
        .hasSize(12)
        .contains("langsam rudern\tto row slowly", "Der Riemen schläft.\tAn oar sleeps.")
        .anyMatch(line -> line.endsWith("Ruder\tthe oar") || line.endsWith("Ruder\tan oar"))
        .noneMatch(line -> line.contains("Ionenfalle"));
  }

  @Test
  void whatIsJudgedByIsLeftOut() throws IOException {
    assertThat(run("--apart", folder.resolve("dev.tsv").toString())).as(err.toString()).isZero();

    assertThat(Files.readAllLines(folder.resolve("pairs.tsv")))
        .noneMatch(line -> line.startsWith("langsam rudern"));
  }

  @Test
  void whatCannotBeUsedIsToldInOneLine() throws IOException {
    assertThat(run("--nouns", "-1")).isNotZero();
    assertThat(err.toString()).contains("a number of pairs is 0 or more").doesNotContain("\tat ");

    Files.writeString(folder.resolve("dictionary"), "Hund = dog\n");
    assertThat(run()).isNotZero();
    assertThat(err.toString()).contains("is it the German-English dictionary of Ding?");

    Files.delete(folder.resolve("dictionary"));
    assertThat(run()).isNotZero();
    assertThat(err.toString())
        .contains(folder.resolve("dictionary").toString())
        .doesNotContain("\tat ");
  }

  @Test
  void textsThatAreNotUtf8AreNamed() throws IOException {
    byte[] latin = "positive\tA nice café.\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("more.tsv"), latin);

    assertThat(run()).isNotZero();
    assertThat(err.toString())
        .contains(folder.resolve("more.tsv") + " is not UTF-8")
        .doesNotContain("\tat ");
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "lexicon",
                "--dictionary",
                folder.resolve("dictionary").toString(),
                "--train",
                folder.resolve("train.tsv").toString(),
                "--english",
                folder.resolve("more.tsv").toString(),
                "--out",
                folder.resolve("pairs.tsv").toString()));
    arguments.addAll(List.of(more));
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }
}
