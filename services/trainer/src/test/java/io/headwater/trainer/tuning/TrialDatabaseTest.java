package io.headwater.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialDatabaseTest {
  private static final TrialRecord FIRST =
      new TrialRecord(
          0,
          Map.of("training.learningRate", DoubleNode.valueOf(0.001), "n", IntNode.valueOf(3)),
          0,
          0.5,
          17,
          TrialRecord.State.DONE,
          "",
          1.25,
          Map.of("dev.accuracy", 0.75),
          List.of(new CurvePoint(0.5, Map.of("dev.accuracy", 0.75, "train.loss", 0.3))));
  private static final TrialRecord SECOND =
      new TrialRecord(
          1,
          Map.of("kind", TextNode.valueOf("ärger\n")),
          0,
          0.5,
          18,
          TrialRecord.State.FAILED,
          "train.loss is NaN",
          0.5,
          Map.of(),
          List.of());

  @TempDir private Path folder = Path.of(".");
  private Path file = Path.of(".");

  @BeforeEach
  void name() {
    file = folder.resolve("trials.jsonl");
  }

  @Test
  void whatWasAddedIsThereAgain() throws IOException {
    write(FIRST, SECOND);

    try (TrialDatabase database = open(Plans.SMALL)) {
      assertThat(database.records()).containsExactly(FIRST, SECOND);
      assertThat(database.dropped()).isZero();
    }
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void halfALastLineIsDroppedWhereverItWasCut() throws IOException {
    write(FIRST);
    int whole = Files.readAllBytes(file).length;
    write(SECOND);
    byte[] all = Files.readAllBytes(file);
    for (int length = whole; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));

      try (TrialDatabase database = open(Plans.SMALL)) {
        assertThat(database.records()).containsExactly(FIRST);
        assertThat(database.dropped()).isEqualTo(length - whole);
        database.add(SECOND);
      }

      assertThat(Files.readAllBytes(file)).isEqualTo(all);
    }
  }

  @Test
  void aFileThatWasCutInItsFirstLineBeginsAnew() throws IOException {
    write();
    byte[] all = Files.readAllBytes(file);
    for (int length = 0; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));

      try (TrialDatabase database = open(Plans.SMALL)) {
        assertThat(database.records()).isEmpty();
      }

      assertThat(Files.readAllBytes(file)).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0.0001, 10]|[0.001, 10]|tuning.space.training.learningRate.log[0]|0.0001, not 0.001",
        "bayesian|random|tuning.search|\"bayesian\", not \"random\"",
        "{inputs: 4}|{inputs: 4, width: 8}|model.width|nothing, not 8",
        "seed: 5|seed: 6|seed|5, not 6"
      })
  void anotherSearchIsRefusedWithTheFieldThatDiffers(
      String before, String now, String field, String values) throws IOException {
    write(FIRST);

    assertThatThrownBy(() -> open(Plans.SMALL.replace(before, now)))
        .isInstanceOf(InvalidTuningException.class)
        .hasMessage(
            "%s: %s holds trials with %s: restore it, or take another --out", field, file, values);
  }

  @Test
  void moreTrialsAreTheSameSearch() throws IOException {
    write(FIRST);

    try (TrialDatabase database = open(Plans.SMALL.replace("trials: 14", "trials: 40"))) {
      assertThat(database.records()).containsExactly(FIRST);
    }
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    write(FIRST, SECOND);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0), lines.get(1).substring(4), lines.get(2)));

    assertThatThrownBy(() -> open(Plans.SMALL))
        .isInstanceOf(InvalidTuningException.class)
        .hasMessageContaining(file + ", line 2, is damaged");
  }

  @Test
  void aSecondSearchInTheSameFolderIsRefused() throws IOException {
    try (TrialDatabase database = open(Plans.SMALL)) {
      assertThatThrownBy(() -> open(Plans.SMALL))
          .isInstanceOf(InvalidTuningException.class)
          .hasMessageContaining("is in use");
      assertThat(database.records()).isEmpty();
    }
  }

  private void write(TrialRecord... records) throws IOException {
    try (TrialDatabase database = open(Plans.SMALL)) {
      for (TrialRecord record : records) {
        database.add(record);
      }
    }
  }

  private TrialDatabase open(String yaml) throws IOException {
    ObjectNode configuration = Plans.configuration(yaml);
    return TrialDatabase.open(file, configuration);
  }
}
