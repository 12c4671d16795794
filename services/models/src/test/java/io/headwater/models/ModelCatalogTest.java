package io.headwater.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogTest {

  @TempDir Path root;

  @Test
  void listsPackagesAndNothingElse() throws Exception {
    PackageFolder.good(root.resolve("tiny").resolve("1.0.0"));
    Files.createDirectories(root.resolve("tiny").resolve("empty"));
    Files.createDirectories(root.resolve("not a model").resolve("1"));
    Files.writeString(root.resolve("README.md"), "hello");

    assertThat(new ModelCatalog(root).list()).containsExactly(new ModelId("tiny", "1.0.0"));
  }

  @Test
  void isEmptyWhereThereIsNoRoot() {
    ModelCatalog catalog = new ModelCatalog(root.resolve("absent"));

    assertThat(catalog.list()).isEmpty();
    assertThat(catalog.find(new ModelId("tiny", "1.0.0"))).isEmpty();
  }

  @Test
  void opensAPackageByName() {
    Path folder = PackageFolder.good(root.resolve("tiny").resolve("1.0.0")).path();
    ModelId id = new ModelId("tiny", "1.0.0");

    ModelCatalog catalog = new ModelCatalog(root);

    assertThat(catalog.open(id).folder()).isEqualTo(folder);
    assertThat(catalog.find(id)).contains(folder);
  }

  @Test
  void saysWhatThereIsWhenAPackageIsNotThere() {
    PackageFolder.good(root.resolve("tiny").resolve("1.0.0"));

    assertThatThrownBy(() -> new ModelCatalog(root).open(new ModelId("tiny", "2.0.0")))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("there are: [tiny@1.0.0]");
  }

  @Test
  void refusesAFolderThatHoldsAnotherModelThanItsNameSays() {
    PackageFolder.good(root.resolve("tiny").resolve("9.9.9"));

    assertThatThrownBy(() -> new ModelCatalog(root).open(new ModelId("tiny", "9.9.9")))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("it holds tiny@1.0.0");
  }
}
