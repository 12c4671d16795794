package io.headwater.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.cli.Main;
import io.headwater.models.ModelPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on the shipped package, with very few texts. */
class DiagnoseCommandTest {
  private static final String MODELS =
      "models.directory=" + System.getProperty("headwater.packages");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void reportsAndWritesThePageAndATemperedPackage() throws IOException {
    Path data = folder.resolve("some.tsv");
    Files.writeString(
        data,
        "positive\tI love it!\nnegative\tIt is <awful>.\nneutral\tIt is a book.\nnegative\tFine.\n");
    Path report = folder.resolve("report");

    int code =
        run(
            "diagnose",
            "sentiment-e5-small-v2@1.3.0",
            "--data",
            data.toString(),
            "--set",
            MODELS,
            "--out",
            report.toString(),
            "--write-temperature",
            "tempered@2.0.0");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("temperature", "some: 4 rows", "upper case", "layer 11");
    JsonNode json = new ObjectMapper().readTree(report.resolve("diagnosis.json").toFile());
    assertThat(json.path("sets").get(0).path("accuracy").isNumber()).isTrue();
    assertThat(json.path("attention").path("heads")).hasSize(144);
    assertThat(Files.readString(report.resolve("diagnosis.html")))
        .contains("<svg", "Diagnosis of sentiment-e5-small-v2@1.3.0")
        .doesNotContain("<awful>", "http");
    ModelPackage tempered = ModelPackage.open(report.resolve("tempered/2.0.0"));
    assertThat(tempered.id().toString()).isEqualTo("tempered@2.0.0");
    assertThat(tempered.card().training()).contains("temperature");
  }

  @Test
  void saysInOneLineWhatIsWrong() throws IOException {
    Path data = folder.resolve("bad.tsv");
    Files.writeString(data, "positive\tfine\nhappy\tno such label\n");

    int missing = run("diagnose", "nowhere", "--data", data.toString());
    int bad =
        run("diagnose", "sentiment-e5-small-v2@1.3.0", "--set", MODELS, "--data", data.toString());

    assertThat(missing).isEqualTo(3);
    assertThat(bad).isEqualTo(3);
    assertThat(err.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("no such folder"))
        .anyMatch(line -> line.contains("bad.tsv line 2") && line.contains("happy"));
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
