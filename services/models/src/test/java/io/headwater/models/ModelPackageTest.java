package io.headwater.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelPackageTest {

  @TempDir Path folder;

  @Test
  void tellsWhatTheDescriptionSays() throws Exception {
    PackageFolder.good(folder);

    ModelPackage opened = ModelPackage.open(folder);

    assertThat(opened.id()).isEqualTo(new ModelId("tiny", "1.0.0"));
    assertThat(opened.task()).isEqualTo("sentiment");
    assertThat(opened.labels()).containsExactly("negative", "neutral", "positive");
    assertThat(opened.languages()).isEqualTo(Set.of("en"));
    assertThat(opened.maxTokens()).isEqualTo(16);
    assertThat(opened.vocabularySize()).isEqualTo(PackageFolder.VOCABULARY);
    assertThat(opened.modelDigest()).isEqualTo(FileDigest.sha256(folder.resolve("model.onnx")));
    assertThat(opened.card().quality()).containsEntry("sst2.test.accuracy", 0.5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoilt")
  void refusesASpoiltPackageInOneLine(
      String fault, Consumer<PackageFolder> spoil, String expected) {
    PackageFolder made = PackageFolder.good(folder);
    spoil.accept(made);

    assertThatThrownBy(() -> ModelPackage.open(folder))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  static Stream<Arguments> spoilt() {
    return Stream.of(
        spoilt("a missing file", it -> it.without("model.onnx"), "model.onnx is missing"),
        spoilt("a changed file", it -> it.text("tokenizer.json", "{}"), "has sha256"),
        spoilt(
            "an unknown key",
            it -> it.edit("\"languages\"", "\"langs\": 1, \"languages\""),
            "unknown key \"langs\""),
        spoilt("a missing key", it -> it.edit("\"maxTokens\": 16,", ""), "maxTokens"),
        spoilt(
            "a key given twice",
            it -> it.edit("\"maxTokens\": 16,", "\"maxTokens\": 16, \"maxTokens\": 17,"),
            "maxTokens"),
        spoilt(
            "labels that are no sentiment", it -> it.edit("\"neutral\"", "\"meh\""), "labels are"),
        spoilt("another task", it -> it.edit("\"sentiment\"", "\"chat\""), "task \"chat\""),
        spoilt("no language", it -> it.edit("[\"en\"]", "[]"), "languages is empty"),
        spoilt("an id that is no folder name", it -> it.edit("\"tiny\"", "\"../x\""), "model id"),
        spoilt(
            "a file outside the folder",
            it -> it.edit("\"model.onnx\":", "\"../model.onnx\":"),
            "files does not list model.onnx"),
        spoilt(
            "a hash that is none",
            it -> it.edit("\"tokenizer.json\": \"", "\"tokenizer.json\": \"x"),
            "hex"),
        spoilt("no JSON", it -> it.text("model.json", "task: sentiment"), "JSON"),
        spoilt("null for a text", it -> it.edit("\"For tests.\"", "null"), "summary"),
        spoilt("no description at all", it -> it.without("model.json"), "no model.json"));
  }

  private static Arguments spoilt(String fault, Consumer<PackageFolder> spoil, String expected) {
    return Arguments.of(fault, spoil, expected);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path absent = folder.resolve("absent");

    assertThatThrownBy(() -> ModelPackage.open(absent))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessage("model package " + absent + ": there is no such folder");
  }
}
