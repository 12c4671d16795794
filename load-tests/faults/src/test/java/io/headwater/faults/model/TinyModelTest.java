package io.headwater.faults.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.faults.traffic.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TinyModelTest {
  private static final int MANY = 300;

  private Path folder = Path.of("");
  private ReferenceModel model;
  private final Texts texts = new Texts(new Vocabulary().words(), 3, MANY);

  @BeforeAll
  void open(@TempDir Path models) {
    folder = models;
    TinyModel.write(folder);
    model = ReferenceModel.open(folder, TinyModel.QUICK);
  }

  @AfterAll
  void close() {
    model.close();
  }

  @Test
  void aRowIsTheSameBitsAloneAndInABatchHoweverFarItIsPadded() {
    List<long[]> rows = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      long[] ids = model.ids(texts.get(i));
      if (ids.length <= TinyModel.MAX_TOKENS) {
        rows.add(ids);
      }
    }
    float[][] together = model.run(rows);

    for (int i = 0; i < rows.size(); i++) {
      assertThat(model.run(List.of(rows.get(i)))[0]).isEqualTo(together[i]);
    }
  }

  @Test
  void theSlowModelSaysTheSame() {
    try (ReferenceModel slow = ReferenceModel.open(folder, TinyModel.SLOW)) {
      for (int i = 0; i < 10; i++) {
        assertThat(slow.score(texts.get(i))).isEqualTo(model.score(texts.get(i)));
      }
    }
  }

  @Test
  void textsGetAllLabelsAndSomeHaveSeveralSegments() {
    Set<String> labels = new HashSet<>();
    int longest = 0;
    for (int i = 0; i < MANY; i++) {
      Expected expected = model.score(texts.get(i));
      labels.add(expected.label());
      longest = Math.max(longest, expected.segments());
    }
    assertThat(labels).containsExactlyInAnyOrderElementsOf(TinyModel.LABELS);
    assertThat(longest).isGreaterThan(1);
  }

  @Test
  void aPoisonWordMakesNotANumberOfItsOwnRowOnly() {
    String good = texts.get(0);
    float[][] rows =
        model.run(List.of(model.ids(good + " " + Vocabulary.NOT_A_NUMBER), model.ids(good)));

    assertThat(rows[0]).containsOnly(Float.NaN);
    assertThat(rows[1]).isEqualTo(model.run(List.of(model.ids(good)))[0]);
  }

  @Test
  void anotherPoisonWordMakesTheRunThrow() {
    assertThatThrownBy(() -> model.score("a " + Vocabulary.OUT_OF_RANGE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("out of data bounds");
  }
}
