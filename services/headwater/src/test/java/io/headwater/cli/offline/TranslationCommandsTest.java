package io.headwater.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.cli.Main;
import io.headwater.trainer.translation.export.UntrainedPackageMain;
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

/** The commands that translate without Kafka, run as from a shell, with an untrained model. */
class TranslationCommandsTest {
  private static final String MODEL = "untrained-de-en@1.0.0";

  @TempDir private static Path models;
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void makePackages() throws IOException {
    UntrainedPackageMain.main(
        new String[] {models.resolve("untrained-de-en").resolve("1.0.0").toString()});
    String sentiment = "sentiment-e5-small-v2-int8";
    Files.createSymbolicLink(
        models.resolve(sentiment),
        Path.of(System.getProperty("headwater.packages")).toAbsolutePath().resolve(sentiment));
  }

  @Test
  void everyLineGivesOneJsonLineInItsPlace() throws IOException {
    int code = score("w4 w5\n\nw6 w7 w8", "--from", "de", "--beams", "1");

    List<JsonNode> lines = json();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("translation").asText()).isNotBlank();
    assertThat(lines.get(0).path("sourceLanguage").asText()).isEqualTo("de");
    assertThat(lines.get(0).path("targetLanguage").asText()).isEqualTo("en");
    assertThat(lines.get(0).path("logProbability").asDouble()).isNegative();
    assertThat(lines.get(0).path("tokens").asInt()).isPositive();
    assertThat(lines.get(0).path("passedThrough").asBoolean()).isFalse();
    assertThat(lines.get(0).path("model").asText()).isEqualTo(MODEL);
    assertThat(lines.get(1).path("translation").isNull()).isTrue();
    assertThat(lines.get(1).path("skipped").asText()).isNotBlank();
    assertThat(lines.get(2).path("translation").asText()).isNotBlank();
    assertThat(code).isZero();
  }

  @Test
  void aTextInTheTargetLanguageStaysAsItIs() throws IOException {
    int code = score("This is quite good English, as far as one can tell.");

    assertThat(json().get(0).path("passedThrough").asBoolean()).isTrue();
    assertThat(json().get(0).path("translation").asText()).startsWith("This is quite good");
    assertThat(code).isZero();
  }

  @Test
  void anUnknownPairStopsWithAReason() throws IOException {
    int code = score("w4", "--from", "fr");

    assertThat(err.toString()).contains("translates de to en").contains("fr to en");
    assertThat(out.toString()).isEmpty();
    assertThat(code).isEqualTo(2);
  }

  @Test
  void optionsOfTranslationAreRefusedForSentiment() throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));

    int code = run("score", file.toString(), "--from", "de");

    assertThat(err.toString()).contains("--task translation");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void evaluationNamesBadRowsAndMeasuresTheRest() throws IOException {
    Path file = folder.resolve("data.tsv");
    Files.writeString(file, "w4 w5\tw6 w7\nno tab\nw4\t\n\tw5\nw8\tw9 w10\nw9\tw9\n");

    int code =
        run(
            "evaluate",
            "--task",
            "translation",
            "--data",
            file.toString(),
            "--from",
            "de",
            "--beams",
            "1",
            "--limit",
            "2",
            "--json",
            "--model",
            MODEL);

    assertThat(json().get(0).path("sentences").asInt()).isEqualTo(2);
    assertThat(json().get(0).path("bleuSignature").asText()).contains("tok:13a");
    assertThat(json().get(0).path("chrf2").isNumber()).isTrue();
    assertThat(json().get(0).path("targetTokensPerSecond").asDouble()).isPositive();
    assertThat(err.toString())
        .contains("line 2 has no tab")
        .contains("line 3 has no reference")
        .contains("line 4 has no source");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void packagesOfBothTasksAreListedAndVerified() {
    assertThat(run("models", "list")).isZero();
    assertThat(run("models", "verify", MODEL)).isZero();

    assertThat(out.toString()).contains("translation  de→en").contains("valid      " + MODEL);
  }

  private int score(String text, String... options) throws IOException {
    Path file = folder.resolve("texts");
    Files.writeString(file, text);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("score", file.toString(), "--task", "translation"));
    arguments.addAll(List.of("--model", MODEL));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--set", "models.directory=" + models));
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(all.toArray(String[]::new));
  }

  private List<JsonNode> json() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
