package io.headwater.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextsTest {

  @TempDir Path folder;

  @Test
  void readsLabelAndTextFromEachLine() throws Exception {
    Path file =
        Files.writeString(folder.resolve("sst3.dev.tsv"), "negative\tso dull\npositive\ta\tb\n");

    LabelledTexts read = LabelledTexts.read(file);

    assertThat(read)
        .isEqualTo(
            new LabelledTexts(
                "sst3.dev",
                List.of("so dull", "a\tb"),
                List.of(Sentiment.NEGATIVE, Sentiment.POSITIVE)));
  }

  @Test
  void namesTheLineThatHasNoLabel() throws Exception {
    Path file = Files.writeString(folder.resolve("x.tsv"), "neutral\tok\ngood\tyes\n");

    assertThatThrownBy(() -> LabelledTexts.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " line 2: label \"good\" is none of [negative, neutral, positive]");
  }

  @Test
  void readsEscapesAsWhatTheyMean() {
    LabelledTexts escaped =
        new LabelledTexts(
            "tweets",
            List.of(
                "it\\u2019s fun\\u002c \\\"really\\\" \\ud83d\\ude0d",
                "a \\ back\\slash, \\u12 and $1 stay, \\\\u002c is none"),
            List.of(Sentiment.POSITIVE, Sentiment.NEUTRAL));

    LabelledTexts read = escaped.unescaped();

    assertThat(read.texts())
        .containsExactly(
            "it’s fun, \"really\" 😍", "a \\ back\\slash, \\u12 and $1 stay, \\u002c is none");
    assertThat(read.labels()).isEqualTo(escaped.labels());
    assertThat(read.name()).isEqualTo("tweets");
  }

  @Test
  void knowsWhetherNeutralWasAnAnswer() {
    LabelledTexts two =
        new LabelledTexts(
            "two", List.of("a", "b"), List.of(Sentiment.NEGATIVE, Sentiment.POSITIVE));
    LabelledTexts three = new LabelledTexts("three", List.of("a"), List.of(Sentiment.NEUTRAL));

    assertThat(two.twoWay()).isTrue();
    assertThat(three.twoWay()).isFalse();
  }
}
