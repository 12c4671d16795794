package io.headwater.models.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentimentEngineTest {

  private static final int GOOD = 5;
  private static final int BAD = 6;

  @TempDir Path folder;

  @Test
  void givesARowOfProbabilitiesForEachSegment() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {

      float[][] rows = engine.probabilities(List.of(new int[] {2, GOOD, 3}, new int[] {2, BAD, 3}));

      assertThat(rows).hasDimensions(2, 3);
      assertThat(rows[0][0]).isGreaterThan(rows[0][1]);
      assertThat(rows[1][1]).isGreaterThan(rows[1][0]);
      assertThat(rows[0][0] + rows[0][1] + rows[0][2]).isCloseTo(1f, within(1e-6f));
    }
  }

  @Test
  void aPackageForTheCpuAloneGoesThereAndSaysWhy() {
    PackageFolder.good(folder).edit("\"maxTokens\"", "\"cpuOnly\": true, \"maxTokens\"");
    ModelPackage model = ModelPackage.open(folder);

    try (SentimentEngine engine =
        SentimentEngine.open(model, new EngineOptions(ExecutionProvider.AUTO, 1))) {
      assertThat(engine.provider()).isEqualTo(ExecutionProvider.CPU);
      assertThat(engine.fallbackReason()).hasValueSatisfying(this::saysWhatToTake);
    }
    assertThatThrownBy(
            () -> SentimentEngine.open(model, new EngineOptions(ExecutionProvider.CUDA, 1)))
        .isInstanceOf(EngineUnavailableException.class)
        .satisfies(fault -> saysWhatToTake(String.valueOf(fault.getMessage())));
    try (SentimentEngine engine = SentimentEngine.open(model, EngineOptions.cpu())) {
      assertThat(engine.fallbackReason()).isEmpty();
    }
  }

  private void saysWhatToTake(String line) {
    assertThat(line).contains("operators that only the CPU runs: for a GPU take an fp32 package");
  }

  @Test
  void hidesPaddingFromTheModel() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {
      int[] segment = {2, GOOD, 3};
      float[] alone = engine.probabilities(List.of(segment))[0];

      float[] padded =
          engine.probabilities(List.of(segment, new int[] {2, BAD, BAD, BAD, BAD, 3}))[0];

      assertThat(padded).isEqualTo(alone);
    }
  }

  @Test
  void worksWithABatchAfterALargerOne() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {
      int[] segment = {2, GOOD, 3};
      float[] before = engine.probabilities(List.of(segment))[0];
      engine.probabilities(java.util.Collections.nCopies(500, new int[] {2, BAD, BAD, BAD, 3}));

      float[] after = engine.probabilities(List.of(segment))[0];

      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void turnsLogitsIntoProbabilities() {
    PackageFolder.good(folder).graph(TinyGraph.logits(PackageFolder.VOCABULARY, 3)).describe();
    try (SentimentEngine engine = open()) {

      float[] row = engine.probabilities(List.of(new int[] {2, GOOD, 3}))[0];

      double e = Math.E;
      assertThat(row[0]).isCloseTo((float) (e / (e + 2)), within(1e-6f));
      assertThat(row[1]).isCloseTo((float) (1 / (e + 2)), within(1e-6f));
    }
  }

  @Test
  void givesNothingForNothing() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {
      assertThat(engine.probabilities(List.of())).isEmpty();
    }
  }

  @Test
  void refusesSegmentsThatDoNotFitTheModel() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {
      assertThatThrownBy(() -> engine.probabilities(List.of(new int[17])))
          .isInstanceOf(EngineException.class)
          .hasMessage("a segment has 17 tokens; the model takes 1 to 16");
      assertThatThrownBy(() -> engine.probabilities(List.of(new int[0])))
          .isInstanceOf(EngineException.class);
      assertThatThrownBy(() -> engine.probabilities(List.of(new int[] {2, 20, 3})))
          .isInstanceOf(EngineException.class)
          .hasMessage("token id 20 is outside the vocabulary of 20");
    }
  }

  @Test
  void tellsWhereItRunsAndOnWhat() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {
      assertThat(engine.provider()).isEqualTo(ExecutionProvider.CPU);
      assertThat(engine.fallbackReason()).isEmpty();
      assertThat(engine.runtimeVersion()).startsWith("onnxruntime 1.");
      assertThat(engine.vocabularySize()).isEqualTo(PackageFolder.VOCABULARY);
    }
  }

  @Test
  void fallsBackToTheCpuAndSaysWhy() {
    PackageFolder.good(folder);
    ModelPackage model = ModelPackage.open(folder);
    try (SentimentEngine engine =
        SentimentEngine.open(model, new EngineOptions(ExecutionProvider.AUTO, 1))) {
      boolean onCpu = engine.provider() == ExecutionProvider.CPU;
      assertThat(engine.fallbackReason().isPresent()).isEqualTo(onCpu);
    }
  }

  @Test
  void listsTheInputsOfAGraphThatReadsSomethingElse() {
    PackageFolder.good(folder)
        .graph(TinyGraph.graph(20, 3, List.of("pixels", "attention_mask"), "probabilities"))
        .describe();

    assertRefused("attention_mask", "pixels", "needed are input_ids and attention_mask");
  }

  @Test
  void listsTheOutputsOfAGraphThatGivesSomethingElse() {
    PackageFolder.good(folder)
        .graph(TinyGraph.graph(20, 3, List.of("input_ids", "attention_mask"), "embedding"))
        .describe();

    assertRefused("embedding[-1, 3]", "needed is probabilities or logits");
  }

  @Test
  void refusesAGraphWithAnotherNumberOfLabels() {
    PackageFolder.good(folder).graph(TinyGraph.probabilities(20, 2)).describe();

    assertRefused("[-1, 2]", "[negative, neutral, positive]");
  }

  @Test
  void refusesAGraphThatKnowsFewerTokensThanTheTokenizer() {
    PackageFolder.good(folder).graph(TinyGraph.probabilities(19, 3)).describe();

    assertRefused("does not take 16 tokens of the tokenizer's vocabulary of 20");
  }

  @Test
  void refusesAFileThatIsNoGraph() {
    PackageFolder.good(folder).text("model.onnx", "hello").describe();

    assertRefused("cannot load");
  }

  @Test
  void callsOfSeveralThreadsGetTheirOwnRows() throws Exception {
    PackageFolder.good(folder);
    EngineOptions two = new EngineOptions(ExecutionProvider.CPU, 2).withCallsSideBySide();
    try (SentimentEngine engine = SentimentEngine.open(ModelPackage.open(folder), two)) {
      assertThat(engine.calls()).isEqualTo(2);
      List<int[]> good = Collections.nCopies(7, new int[] {2, GOOD, 3});
      List<int[]> bad = Collections.nCopies(3, new int[] {2, BAD, BAD, BAD, 3});
      float[][] goodRows = engine.probabilities(good);
      float[][] badRows = engine.probabilities(bad);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Boolean>> alike = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
          boolean first = i % 2 == 0;
          alike.add(
              threads.submit(
                  () ->
                      Arrays.deepEquals(
                          engine.probabilities(first ? good : bad), first ? goodRows : badRows)));
        }
        for (Future<Boolean> each : alike) {
          assertThat(each.get()).isTrue();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void withoutCallsSideBySideOneCallUsesAllThreads() {
    PackageFolder.good(folder);
    try (SentimentEngine engine = open()) {
      assertThat(engine.calls()).isEqualTo(1);
    }
  }

  private SentimentEngine open() {
    return SentimentEngine.open(ModelPackage.open(folder), EngineOptions.cpu());
  }

  private void assertRefused(String... pieces) {
    ModelPackage model = ModelPackage.open(folder);
    assertThatThrownBy(() -> SentimentEngine.open(model, EngineOptions.cpu()).close())
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContainingAll(pieces)
        .message()
        .doesNotContain("\n");
  }
}
