package io.headwater.trainer.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.Pooling;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.head.PackageQuality;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.TokenRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentimentTrainerTest {
  private static final ModelId ID = new ModelId("sentiment-toy", "1.0.0");

  @TempDir private Path folder;
  private final StringWriter told = new StringWriter();

  @BeforeEach
  void writeTexts() throws IOException {
    Files.writeString(folder.resolve("toy.train.tsv"), texts(240, 1, false));
    Files.writeString(folder.resolve("two.train.tsv"), texts(120, 2, true));
    Files.writeString(folder.resolve("toy.dev.tsv"), texts(60, 3, false));
    Files.writeString(folder.resolve("toy.test.tsv"), texts(60, 4, false));
  }

  @Test
  void fromTextsToAPackageThatScoresLikeTheNetwork() throws IOException {
    ModelPackage written = train(configuration("epochs: 6, agreement: 0.3"));

    Path out = folder.resolve("out");
    JsonNode report = new JsonMapper().readTree(out.resolve("report.json").toFile());
    JsonNode test = report.path("test").path("toy.test");
    Quality measured =
        PackageQuality.measure(written, LabelledTexts.read(folder.resolve("toy.test.tsv")));
    assertThat(test.path("accuracy").doubleValue()).isEqualTo(measured.accuracy());
    assertThat(measured.accuracy()).isGreaterThan(0.9);
    assertThat(written.card().quality()).containsKeys("toy.dev.macroRecall", "toy.test.accuracy");
    assertThat(report.path("evaluations")).isNotEmpty();
    assertThat(report.path("gradients").path("layers.0").doubleValue()).isPositive();
    assertThat(report.path("curve").path(0).path("layers").path("layers.0").doubleValue())
        .isPositive();
    assertThat(told.toString()).contains("Gradients neither vanish nor explode in 1 layers");
    assertThat(report.path("regularisation").path("labelSmoothing").doubleValue()).isEqualTo(0.1);
    assertThat(report.path("regularisation").path("agreement").doubleValue()).isEqualTo(0.3);
    assertThat(Files.readString(out.resolve("report.html"))).contains("<polyline", "weightDecay");
    assertThat(told.toString())
        .contains("toy.train: 240 texts", "none neutral", "longer than 8 tokens");
  }

  @Test
  void rareLabelsWeighMoreTheMoreItIsBalanced() throws IOException {
    String rare = "negative\tbad bad\n" + "positive\tgood good\n".repeat(3);
    Files.writeString(folder.resolve("toy.train.tsv"), rare);
    Configuration halfway =
        Configuration.parse(
            configuration("epochs: 1").text().replace("data:", "data:\n  balance: 0.5"));

    PreparedTexts texts =
        PreparedTexts.of(
            halfway, folder.resolve("out"), false, line -> assertThat(line).isNotNull());

    List<TokenRow> rows = texts.rows().train().subList(0, 4);
    assertThat(rows.get(0).weight() / rows.get(1).weight())
        .isCloseTo((float) Math.sqrt(3), within(1e-5f));
    assertThat(rows.stream().mapToDouble(TokenRow::weight).sum()).isCloseTo(4, within(1e-5));
    assertThat(texts.rows().dev().get(0).rows()).allMatch(row -> row.weight() == 1);
  }

  @Test
  void escapesInTextsAreReadWhereTheConfigurationSaysSo() throws IOException {
    Files.writeString(
        folder.resolve("toy.train.tsv"), "negative\tbad good\npositive\tb\\u0061d good\n");
    String text = configuration("epochs: 1").text();

    List<TokenRow> asTheyAre = trainRows(text, "as-they-are");
    List<TokenRow> read = trainRows(text.replace("data:", "data:\n  unescape: true"), "read");

    assertThat(asTheyAre.get(1).ids()).isNotEqualTo(asTheyAre.get(0).ids());
    assertThat(read.get(1).ids()).isEqualTo(read.get(0).ids());
  }

  private List<TokenRow> trainRows(String configuration, String out) throws IOException {
    return PreparedTexts.of(
            Configuration.parse(configuration),
            folder.resolve(out),
            false,
            line -> assertThat(line).isNotNull())
        .rows()
        .train();
  }

  @Test
  void aTrainingIsExportedAgainUnderAnotherNameAndTemperature() throws IOException {
    train(configuration("epochs: 1"));

    ModelPackage milder =
        new RunFiles(folder.resolve("out"))
            .export(new ModelId("milder", "2.0.0"), 2, folder.resolve("milder"));

    assertThat(milder.id().toString()).isEqualTo("milder@2.0.0");
    assertThat(milder.card().training()).contains("temperature 2.0");
    LabelledTexts dev = LabelledTexts.read(folder.resolve("toy.dev.tsv"));
    assertThat(PackageQuality.measure(milder, dev))
        .isEqualTo(PackageQuality.measure(ModelPackage.open(folder.resolve("out/package")), dev));
  }

  @Test
  void aPackageThatTrainingBeginsWithSaysHowTextsAreRead() throws IOException {
    train(configuration("epochs: 1"));
    Path begun = folder.resolve("out/package");
    edit(begun, "\"textPrefix\" : \"\"", "\"textPrefix\" : \"the film\"");
    edit(begun, "\"mean\"", "\"first\"");
    Configuration further = pretrained(begun);

    PreparedTexts texts =
        PreparedTexts.of(
            further, folder.resolve("further"), false, line -> assertThat(line).isNotNull());

    assertThat(Reading.of(further)).isEqualTo(new Reading("the film", Pooling.FIRST, 8));
    assertThat(texts.rows().train().stream().map(row -> row.ids()[0]).distinct()).hasSize(1);
  }

  @Test
  void aPatchChangesTheTokenizerThatTrainingBeginsWith() throws IOException {
    train(configuration("epochs: 1"));
    Path patch =
        Files.writeString(
            folder.resolve("tokenizer.patch.json"),
            """
            {"normalizer": {"type": "Replace", "pattern": {"Regex": ".+"}, "content": "film"}}
            """);
    String plain = pretrainedYaml(folder.resolve("out/package"));
    String patched = plain.replace("maxTokens", "tokenizerPatch: " + patch + ", maxTokens");

    assertThat(trainRows(plain, "plain").stream().map(row -> row.ids().length).distinct())
        .hasSizeGreaterThan(1);
    assertThat(
            trainRows(patched, "patched").stream()
                .map(row -> Arrays.toString(row.ids()))
                .distinct())
        .hasSize(1);

    Files.delete(patch);
    assertThatThrownBy(() -> trainRows(patched, "none"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("model.tokenizerPatch");
  }

  @Test
  void aPackageWithLabelsInAnotherOrderIsNoBeginning() throws IOException {
    train(configuration("epochs: 1"));
    Path begun = folder.resolve("out/package");
    edit(
        begun,
        "[ \"negative\", \"neutral\", \"positive\" ]",
        "[\"positive\", \"neutral\", \"negative\"]");

    assertThatThrownBy(() -> Reading.of(pretrained(begun)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("model.pretrained: sentiment-toy@1.0.0 is a package for sentiment")
        .hasMessageContaining("needed: sentiment, with [negative, neutral, positive]");
  }

  private static void edit(Path model, String before, String after) throws IOException {
    Path description = model.resolve("model.json");
    String text = Files.readString(description);
    assertThat(text).contains(before);
    Files.writeString(description, text.replace(before, after));
  }

  private Configuration pretrained(Path begun) {
    return Configuration.parse(pretrainedYaml(begun));
  }

  private String pretrainedYaml(Path begun) {
    return """
        task: sentiment
        model: {pretrained: %s, maxTokens: 6}
        data: {train: [%s], dev: [%s]}
        """
        .formatted(begun, folder.resolve("toy.train.tsv"), folder.resolve("toy.dev.tsv"));
  }

  @Test
  void goesOnOnlyWithTheSameConfiguration() throws IOException {
    train(configuration("epochs: 1"));
    String before = Files.readString(folder.resolve("out/report.json"));

    train(configuration("epochs: 1"));
    assertThat(folder.resolve("out/report.json")).hasContent(before);

    assertThatThrownBy(() -> train(configuration("epochs: 2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training.epochs was 1.0 and is now 2.0");
  }

  @Test
  void badLinesStopItWithTheirNumbers() throws IOException {
    Files.writeString(
        folder.resolve("toy.dev.tsv"), "positive\tgood\nnothing here\nangry\tno\nneutral\t \n");

    assertThatThrownBy(() -> train(configuration("epochs: 1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toy.dev.tsv line 2: no TAB")
        .hasMessageContaining("toy.dev.tsv line 3: label \"angry\" is none of")
        .hasMessageContaining("toy.dev.tsv line 4: no text")
        .hasMessageContaining("3 bad lines in all");
  }

  @Test
  void missingFilesAreNamedByTheirPlaceInTheConfiguration() throws IOException {
    Files.delete(folder.resolve("two.train.tsv"));
    Files.delete(folder.resolve("toy.test.tsv"));

    assertThatThrownBy(() -> train(configuration("epochs: 1")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("data.train[1]: there is no file")
        .hasMessageContaining("data.test[0]: there is no file");
  }

  private ModelPackage train(Configuration configuration) throws IOException {
    return new SentimentTrainer(configuration, folder.resolve("out"), new PrintWriter(told, true))
        .train(ID);
  }

  private Configuration configuration(String plan) {
    return Configuration.parse(
        """
        task: sentiment
        model:
          width: 16
          vocabulary: 200
          maxTokens: 8
          layers: [{attention: {heads: 2}}]
        data:
          train: [F/toy.train.tsv, F/two.train.tsv]
          dev: [F/toy.dev.tsv]
          test: [F/toy.test.tsv]
        training: {%s, batchTokens: 128, learningRate: 0.02, warmUp: 5, average: 0.9}
        """
            .formatted(plan)
            .replace("F/", folder + "/"));
  }

  private static String texts(int count, long seed, boolean twoWay) {
    String[] labels =
        twoWay
            ? new String[] {"negative", "positive"}
            : new String[] {"negative", "neutral", "positive"};
    String[] filler = {"the", "film", "was", "so", "very"};
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String label = labels[i % labels.length];
      String word =
          switch (label) {
            case "negative" -> random.nextBoolean() ? "awful" : "bad";
            case "neutral" -> random.nextBoolean() ? "long" : "shown";
            default -> random.nextBoolean() ? "great" : "good";
          };
      text.append(label).append('\t').append(word);
      int more = random.nextInt(10);
      for (int k = 0; k < more; k++) {
        text.append(' ').append(filler[random.nextInt(filler.length)]);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
