package io.headwater.models.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaTest {

  @TempDir Path folder;

  @Test
  void stopsInOneLineWhereThereIsNoCuda() {
    assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "built with CUDA");
    PackageFolder.good(folder);
    ModelPackage model = ModelPackage.open(folder);

    assertThatThrownBy(
            () -> SentimentEngine.open(model, new EngineOptions(ExecutionProvider.CUDA, 0)).close())
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageStartingWith("execution provider cuda was asked for and cannot be had:")
        .message()
        .doesNotContain("\n");
  }
}
