package io.headwater.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that need a model and no Kafka, run as from a shell. */
class ScoreCommandTest {
  private static final String MODELS =
      "models.directory=" + System.getProperty("headwater.packages");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyLineGivesOneJsonLineInItsPlace() throws IOException {
    Path file = folder.resolve("texts");
    Files.write(file, "I love it!\n\n\u00ff".getBytes(StandardCharsets.ISO_8859_1));

    int code = run("score", file.toString(), "--set", MODELS);

    List<JsonNode> lines = json();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("label").asText()).isEqualTo("positive");
    assertThat(lines.get(0).path("probabilities").path("positive").asDouble()).isGreaterThan(0.5);
    assertThat(lines.get(0).path("language").asText()).isEqualTo("en");
    assertThat(lines.get(0).path("model").asText()).isEqualTo("sentiment-e5-small-v2-int8@1.3.0");
    assertThat(lines.get(1).has("label")).isTrue();
    assertThat(lines.get(2).path("error").asText()).contains("line 3");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void explainsWhichWordDecided() throws IOException {
    Path file = folder.resolve("texts");
    Files.writeString(file, "The waiter was on time, but the food was terrible.\n");

    int code = run("score", file.toString(), "--explain", "--set", MODELS);

    assertThat(code).isZero();
    JsonNode explanation = json().get(0).path("explanation");
    assertThat(explanation).hasSize(1);
    JsonNode strongest = explanation.get(0).path("tokens").get(0);
    for (JsonNode token : explanation.get(0).path("tokens")) {
      if (token.path("occlusion").asDouble() > strongest.path("occlusion").asDouble()) {
        strongest = token;
      }
    }
    assertThat(strongest.path("text").asText()).isEqualTo("terrible");
    assertThat(strongest.path("start").asInt()).isEqualTo(41);
    assertThat(explanation.get(0).path("agreement").isNumber()).isTrue();
  }

  @Test
  void evaluationNamesBadLinesAndMeasuresTheRest() throws IOException {
    Path file = folder.resolve("data.tsv");
    Files.writeString(
        file, "positive\tI love it!\nno tab here\nangry\tgrr\nnegative\tTerrible, it broke.\n");

    int code = run("evaluate", "--data", file.toString(), "--json", "--set", MODELS);

    assertThat(json().get(0).path("texts").asInt()).isEqualTo(2);
    assertThat(json().get(0).path("accuracy").asDouble()).isEqualTo(1.0);
    assertThat(err.toString()).contains("line 2").contains("line 3").contains("angry");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void anUnknownKeyStopsWithOneLineAndAHint() throws IOException {
    int code = run("score", empty(), "--set", "sentiment.modle=x@1");

    assertThat(err.toString()).contains("sentiment.modle").contains("sentiment.model");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void aMissingModelStopsWithOneLine() throws IOException {
    int code = run("score", empty(), "--set", MODELS, "--set", "sentiment.model=nothing@9");

    assertThat(err.toString()).contains("nothing");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(code).isEqualTo(3);
  }

  private String empty() throws IOException {
    return Files.createFile(folder.resolve("empty")).toString();
  }

  private int run(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  private List<JsonNode> json() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
