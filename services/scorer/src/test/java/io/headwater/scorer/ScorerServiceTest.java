package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.lifecycle.ServiceState;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.sentiment.ExplanationBudget;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Needs neither broker nor registry: the model is loaded before they are asked. */
class ScorerServiceTest {
  private final Telemetry telemetry = Telemetry.of("scorer");

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void cudaWithoutUsableGpuStopsWithOneClearLine() {
    assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
    ScorerService scorer = scorer("sentiment-e5-small-v2", ExecutionProvider.CUDA);

    assertThatThrownBy(scorer::start)
        .isInstanceOf(StartException.class)
        .hasMessage(
            "scorer: execution provider cuda was asked for and cannot be had: this build of ONNX"
                + " Runtime has no CUDA: use the scorer's -cuda image, or build Headwater with"
                + " -Pgpu");
    assertThat(scorer.state()).isEqualTo(ServiceState.FAILED);
    assertThat(scorer.failure()).isPresent();
    scorer.close();
    assertThat(scorer.state()).isEqualTo(ServiceState.STOPPED);
  }

  @Test
  void aModelThatIsNotThereStopsWithOneClearLine() {
    ScorerService scorer = scorer("nobody", ExecutionProvider.CPU);

    assertThatThrownBy(scorer::start)
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("scorer: ")
        .hasMessageContaining("sentiment-e5-small-v2@1.3.0")
        .message()
        .doesNotContain("\n");
    scorer.close();
  }

  @Test
  void aTranslationModelThatIsNotThereStopsWithOneClearLineAndAWayOut() {
    ScorerService scorer =
        scorer(
            "nobody",
            ExecutionProvider.CPU,
            Optional.of(new TranslationSettings(new ModelId("nobody", "1.0.0"), 0, 1_024, 4_096)));

    assertThatThrownBy(scorer::start)
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("scorer: ")
        .hasMessageContaining("nobody")
        .hasMessageEndingWith(
            "; set translation.model, or leave it empty for a river without translation")
        .message()
        .doesNotContain("\n");
    scorer.close();
  }

  @Test
  void aScorerThatNeverStartedCanBeClosedTwice() {
    ScorerService scorer = scorer("nobody", ExecutionProvider.CPU);

    scorer.close();
    scorer.close();

    assertThat(scorer.state()).isEqualTo(ServiceState.STOPPED);
    assertThatThrownBy(scorer::start).isInstanceOf(IllegalStateException.class);
  }

  private ScorerService scorer(String model, ExecutionProvider provider) {
    return scorer(model, provider, Optional.empty());
  }

  /** A scorer of translation alone where that is set up, else of sentiment. */
  private ScorerService scorer(
      String model, ExecutionProvider provider, Optional<TranslationSettings> translation) {
    ScorerConfig config =
        new ScorerConfig(
            new ModelCatalog(Path.of(System.getProperty("headwater.packages"))),
            Set.of(translation.isPresent() ? "translation" : "sentiment"),
            new ModelId(model, "1.3.0"),
            new EngineOptions(provider, 1),
            new BatchBudget(1_024, 12),
            32_768,
            0,
            new ExplanationBudget(16_384, 0),
            translation,
            1_024,
            BreakerOptions.OFF,
            "test",
            HttpEndpoint.loopback(0, ScorerConfig.ADMIN),
            false);
    return new ScorerService(
        config, KafkaConnection.to("127.0.0.1:1", "http://127.0.0.1:1"), telemetry);
  }
}
