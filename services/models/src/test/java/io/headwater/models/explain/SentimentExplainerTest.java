package io.headwater.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.engine.EngineOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentimentExplainerTest {

  @TempDir Path folder;

  @Test
  void saysThatAGraphShowsNoAttention() {
    ModelPackage model = ModelPackage.open(PackageFolder.good(folder).path());

    assertThatThrownBy(() -> SentimentExplainer.open(model, EngineOptions.cpu()))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("shows no attention")
        .hasMessageNotContaining("\n");
  }

  @Test
  void agreesWithItselfAndDisagreesWithTheReverse() {
    float[] rising = {0.1f, 0.2f, 0.3f, 0.4f};
    float[] falling = {0.4f, -0.3f, 0.2f, -0.1f};
    boolean[] special = new boolean[4];

    assertThat(new Explanation(rising, rising, rising, special).agreement()).hasValue(1);
    assertThat(new Explanation(rising, rising, falling, special).agreement()).hasValue(-1);
    assertThat(new Explanation(rising, rising, new float[4], special).agreement()).isEmpty();
    assertThat(
            new Explanation(rising, rising, rising, new boolean[] {true, true, false, false})
                .agreement())
        .isEmpty();
  }

  @Test
  void refusesAPoolingThatItDoesNotKnow() {
    PackageFolder spoilt =
        PackageFolder.good(folder)
            .edit("\"maxTokens\": 16", "\"maxTokens\": 16, \"pooling\": \"max\"");

    assertThatThrownBy(() -> ModelPackage.open(spoilt.path()))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("pooling")
        .hasMessageNotContaining("\n");
  }
}
