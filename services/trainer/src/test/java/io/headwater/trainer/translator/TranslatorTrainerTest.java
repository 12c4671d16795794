package io.headwater.trainer.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.FinishedTraining;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.TrainingLoop;
import io.headwater.trainer.learning.TrainingObserver;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.translation.quality.TranslationQuality;
import io.headwater.trainer.translation.text.PairEncoder;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains tiny networks on a tiny language, all the way to a package. */
class TranslatorTrainerTest {
  private static final ModelId ID = new ModelId("toy-de-en", "1.0.0");
  private static final List<String> FROM = List.of("eins", "zwei", "drei", "vier", "rot", "blau");
  private static final List<String> TO = List.of("one", "two", "three", "four", "red", "blue");

  @TempDir private Path folder;
  private final StringWriter told = new StringWriter();

  @BeforeEach
  void writePairs() throws IOException {
    Files.writeString(folder.resolve("toy.train.tsv"), pairs(400, 1));
    Files.writeString(folder.resolve("toy.dev.tsv"), pairs(30, 2));
  }

  @Test
  void fromPairsToAPackageThatTranslatesLikeTheNetwork() throws IOException {
    ModelPackage written = train(configuration("epochs: 15, evaluateEvery: 5"));

    Path out = folder.resolve("out");
    JsonNode report = new JsonMapper().readTree(out.resolve("report.json").toFile());
    double bleu = report.path("best").path("score").doubleValue();
    ParallelTexts dev = ParallelTexts.read(folder.resolve("toy.dev.tsv"));
    TranslationQuality measured =
        TranslationQuality.measure(
            written, written.languagePairs().iterator().next(), dev.sources(), dev.targets(), 1);
    assertThat(measured.bleu().score()).isEqualTo(bleu);
    assertThat(bleu).isGreaterThan(80);
    assertThat(written.card().quality()).containsKey("dev.bleu");
    assertThat(written.card().licence()).contains("name that of the data");
    assertThat(report.path("regularisation").path("labelSmoothing").doubleValue()).isEqualTo(0.05);
    assertThat(report.path("gradients").path("decoder.layers.0").doubleValue()).isPositive();
    assertThat(report.path("gradients").path("encoder.layers.0").doubleValue()).isPositive();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<polyline", "BLEU", "too long, left out", "weightDecay", "task: translation");
    assertThat(told.toString())
        .contains("train: 410 pairs of 400 and 10 in lower case", "Gradients neither", " -> ")
        .contains("the best so far", "tokens/s");
    ModelPackage again =
        new FinishedTraining(out)
            .export(new ModelId("renamed", "2.0.0"), 1, folder.resolve("again"));
    assertThat(again.id().toString()).isEqualTo("renamed@2.0.0");
    assertThatThrownBy(() -> new FinishedTraining(out).export(ID, 1.5f, folder.resolve("x")))
        .hasMessageContaining("--temperature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.3"})
  void aBrokenTrainingComesToTheSameWeightsAsAnUnbrokenOne(String subwordDropout)
      throws IOException {
    String text = configuration("epochs: 2, evaluateEvery: 0.4").text();
    TranslationConfiguration configuration =
        TranslationConfiguration.parse(
            text.replace(
                "lowerCased: 0.025", "lowerCased: 0.025\n  subwordDropout: " + subwordDropout));
    learn(configuration, "whole", 0);

    assertThatThrownBy(() -> learn(configuration, "broken", 2)).hasMessage("power cut");
    assertThatThrownBy(() -> learn(configuration, "broken", 1)).hasMessage("power cut");
    learn(configuration, "broken", 0);

    assertThat(folder.resolve("broken/best.weights"))
        .hasSameBinaryContentAs(folder.resolve("whole/best.weights"));
  }

  @Test
  void goesOnOnlyWithTheSameConfiguration() throws IOException {
    train(configuration("epochs: 1"));

    assertThatThrownBy(() -> train(configuration("epochs: 2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training.epochs was 1.0 and is now 2.0");
  }

  @Test
  void pairsThatAreTooLongAreCountedAndLeftOut() throws IOException {
    String line = "eins ".repeat(60).strip() + "\tone\n";
    Files.writeString(folder.resolve("toy.train.tsv"), pairs(40, 1) + line);
    Files.writeString(folder.resolve("toy.dev.tsv"), pairs(5, 2) + line);

    train(configuration("epochs: 1"));

    assertThat(told.toString())
        .contains("train: 41 pairs of 41 and 1 in lower case; 1 are longer than 24 tokens")
        .contains("dev: 5 pairs of 6; 1 are longer than 24 tokens and left out");
  }

  @Test
  void badLinesAndMissingFilesAreNamed() throws IOException {
    Files.writeString(folder.resolve("toy.dev.tsv"), "eins\tone\nzwei\n");
    assertThatThrownBy(() -> train(configuration("epochs: 1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toy.dev.tsv")
        .hasMessageContaining("line 2 has 1 cells");

    Files.delete(folder.resolve("toy.dev.tsv"));
    assertThatThrownBy(() -> train(configuration("epochs: 1")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("data.dev[0]: there is no file");
  }

  @Test
  void aTokenizerWithOtherSpecialTokensIsRefused() throws IOException {
    Path tokenizer = folder.resolve("other.json");
    Files.writeString(
        tokenizer, "{\"added_tokens\": [{\"id\": 0, \"content\": \"<pad>\"}], \"model\": {}}");
    String text = configuration("epochs: 1").text();

    assertThatThrownBy(
            () ->
                train(
                    TranslationConfiguration.parse(
                        text.replace("vocabulary: 80", "tokenizer: " + tokenizer))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.tokenizer")
        .hasMessageContaining("<s> of id 1");
  }

  private ModelPackage train(TranslationConfiguration configuration) throws IOException {
    return new TranslatorTrainer(configuration, folder.resolve("out"), new PrintWriter(told, true))
        .train(ID);
  }

  /** Trains without a package; fails after some evaluations, before they are saved. */
  private void learn(TranslationConfiguration configuration, String name, int evaluations)
      throws IOException {
    Path out = folder.resolve(name);
    PreparedPairs pairs =
        PreparedPairs.of(configuration, out, line -> assertThat(line).contains("vocabulary"));
    List<Evaluation> seen = new ArrayList<>();
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void progress(Progress progress) {
            // What it says does not matter here.
          }

          @Override
          public void evaluated(Evaluation evaluation) {
            seen.add(evaluation);
            if (seen.size() == evaluations) {
              throw new IllegalStateException("power cut");
            }
          }
        };
    try (PairEncoder encoder = new PairEncoder(FinishedRun.tokenizer(out));
        NDManager manager = Torch.newManager()) {
      TranslationNetwork network =
          new TranslationNetwork(configuration.model().toShape(pairs.vocabulary()));
      TranslationTask task =
          new TranslationTask(network, pairs, configuration.plan(), encoder, manager);
      RunFolder folder = new RunFolder(out, configuration.settings());
      new TrainingLoop<>(task, configuration.plan(), folder, observer, manager).run();
    }
  }

  private TranslationConfiguration configuration(String plan) {
    return TranslationConfiguration.parse(
        """
        task: translation
        model:
          width: 32
          vocabulary: 80
          maxTokens: 24
          feedForward: 48
          dropout: 0.02
          embedding: {dropout: 0}
          encoder: [{attention: {heads: 2, dropout: 0}}]
          decoder:
            - attention: {kind: additive, heads: 2, dropout: 0}
              cross: {heads: 4, keyHeads: 2, dropout: 0}
        data:
          train: [F/toy.train.tsv]
          dev: [F/toy.dev.tsv]
          from: [de]
          lowerCased: 0.025
        training:
          {%s, batchTokens: 160, learningRate: 0.004, warmUp: 20, average: 0.9, labelSmoothing: 0.05}
        """
            .formatted(plan)
            .replace("F/", folder + "/"));
  }

  /** Words in reversed order: a translation that needs to look at the right place. */
  private static String pairs(int count, long seed) {
    Random random = new Random(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(FROM.size());
      int second = random.nextInt(FROM.size());
      lines.append(FROM.get(first)).append(" und ").append(FROM.get(second));
      lines.append(" bitte\t");
      lines.append(TO.get(second)).append(" and ").append(TO.get(first));
      lines.append(" please\n");
    }
    return lines.toString();
  }
}
