package io.headwater.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceFolderTest {

  @TempDir Path root;
  private PackageFolder export;

  @BeforeEach
  void exportAModel() {
    export =
        PackageFolder.good(root.resolve("my-model").resolve("2024-05"))
            .without("model.json")
            .text(
                "config.json",
                """
                {"model_type": "bert", "max_position_embeddings": 64,
                 "id2label": {"0": "NEGATIVE", "1": "POSITIVE"}}
                """);
  }

  @Test
  void readsAnExportAsItIs() {
    ModelPackage opened = ModelPackage.open(export.path());

    assertThat(opened.labels()).containsExactly("negative", "positive");
    assertThat(opened.maxTokens()).isEqualTo(64);
    assertThat(opened.languages()).containsExactly("en");
    assertThat(opened.id().version()).isEqualTo("sha256-" + opened.modelDigest().substring(0, 12));
  }

  @Test
  void takesItsNameFromTheCatalogItLiesIn() {
    ModelId id = new ModelId("my-model", "2024-05");

    ModelPackage opened = new ModelCatalog(root).open(id);

    assertThat(opened.id()).isEqualTo(id);
  }

  @Test
  void leavesRoomForThePositionsThatRobertaKeepsToItself() {
    export.text(
        "config.json",
        """
        {"model_type": "roberta", "max_position_embeddings": 514,
         "id2label": {"0": "negative", "1": "neutral", "2": "positive"}}
        """);

    assertThat(ModelPackage.open(export.path()).maxTokens()).isEqualTo(512);
  }

  @Test
  void obeysTheTokenizersOwnLimit() {
    export.text("tokenizer_config.json", "{\"model_max_length\": 32}");

    assertThat(ModelPackage.open(export.path()).maxTokens()).isEqualTo(32);
  }

  @Test
  void takesNoLimitInTheTokenizerForTheGraphsLimit() {
    export.text("tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");

    assertThat(ModelPackage.open(export.path()).maxTokens()).isEqualTo(64);
  }

  @Test
  void refusesLabelsThatNameNoSentiment() {
    export.text("config.json", "{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}}");

    assertThatThrownBy(() -> ModelPackage.open(export.path()))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("labels are [label_0, label_1]");
  }
}
