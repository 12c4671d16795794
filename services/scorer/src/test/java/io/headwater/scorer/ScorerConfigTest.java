package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.sentiment.ExplanationBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

class ScorerConfigTest {
  private static final Map<String, String> EVERY_KEY =
      Map.ofEntries(
          Map.entry("models.directory", "/m"),
          Map.entry("sentiment.model", "mine@2.1.0"),
          Map.entry("translation.model", "ours@3.0.0"),
          Map.entry("translation.beams", "5"),
          Map.entry("scorer.tasks", "translation"),
          Map.entry("scorer.translation.batch.tokens", "2048"),
          Map.entry("scorer.translation.unit.tokens", "777"),
          Map.entry("execution.provider", "CUDA"),
          Map.entry("scorer.engine.threads", "3"),
          Map.entry("scorer.batch.tokens", "8192"),
          Map.entry("scorer.batch.call.tokens", "600"),
          Map.entry("scorer.unit.tokens", "99999"),
          Map.entry("scorer.cache.tokens", "0"),
          Map.entry("scorer.explain.tokens", "99"),
          Map.entry("scorer.explain.map.bytes", "0"),
          Map.entry("scorer.max.poll.records", "17"),
          Map.entry("breaker.window", "50"),
          Map.entry("breaker.share", "0.25"),
          Map.entry("breaker.pause.ms", "3000"),
          Map.entry("instance.id", "scorer-4"),
          Map.entry("scorer.admin.host", "0.0.0.0"),
          Map.entry("scorer.admin.port", "0"),
          Map.entry("models.follow", "false"));

  @Test
  void hasDefaultsForALaptop() {
    ScorerConfig config = read(Map.of("models.directory", "models", "instance.id", "i"));

    assertThat(config)
        .isEqualTo(
            new ScorerConfig(
                new ModelCatalog(Path.of("models")),
                Set.of("sentiment", "translation"),
                new ModelId("sentiment-e5-small-v2", "1.3.0"),
                new EngineOptions(ExecutionProvider.AUTO, 0),
                new BatchBudget(1_024, 12),
                32_768,
                262_144,
                new ExplanationBudget(4_096, 1_048_576),
                Optional.of(
                    new TranslationSettings(
                        new ModelId("translation-de-en", "1.2.0"), 0, 1_024, 4_096)),
                1_024,
                new BreakerOptions(200, 0.5, Duration.ofMinutes(1)),
                "i",
                HttpEndpoint.loopback(9102, ScorerConfig.ADMIN),
                true));
  }

  @Test
  void everyKeySetsItsField() {
    ScorerConfig config = read(EVERY_KEY);

    assertThat(config)
        .isEqualTo(
            new ScorerConfig(
                new ModelCatalog(Path.of("/m")),
                Set.of("translation"),
                new ModelId("mine", "2.1.0"),
                new EngineOptions(ExecutionProvider.CUDA, 3),
                new BatchBudget(8_192, 600),
                99_999,
                0,
                new ExplanationBudget(99, 0),
                Optional.of(new TranslationSettings(new ModelId("ours", "3.0.0"), 5, 2_048, 777)),
                17,
                new BreakerOptions(50, 0.25, Duration.ofSeconds(3)),
                "scorer-4",
                new HttpEndpoint("0.0.0.0", 0, ScorerConfig.ADMIN, HttpAccess.OPEN),
                false));
  }

  @Test
  void anInstanceWithoutIdIsNamedByItsHostAndProcess() {
    assertThat(read(Map.of()).instanceId()).endsWith("-" + ProcessHandle.current().pid());
  }

  @Test
  void allFaultsAreReportedTogetherEachWithItsKey() {
    Map<String, String> flags =
        Map.of("execution.provider", "tpu", "scorer.batch.tokens", "1", "scorer.batch.token", "9");

    assertThatThrownBy(() -> read(flags))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("execution.provider")
        .hasMessageContaining("scorer.batch.tokens")
        .hasMessageContaining("scorer.batch.token: unknown key");
  }

  @Test
  void anEmptyTranslationModelMeansNoTranslation() {
    ScorerConfig config = read(Map.of("translation.model", ""));

    assertThat(config.tasks()).containsExactly("sentiment");
    assertThat(config.translation()).isEmpty();
  }

  @Test
  void aScorerOfTranslationAloneNeedsAModel() {
    assertThatThrownBy(() -> read(Map.of("translation.model", "", "scorer.tasks", "translation")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("scorer.tasks: translation is the only task")
        .hasMessageContaining("translation.model is empty");
  }

  @Test
  void aTaskThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> read(Map.of("scorer.tasks", "sentiment,summary")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("scorer.tasks")
        .hasMessageContaining("summary");
  }

  /** The models' keys are also the tokenizer's, which defines them. */
  private static ScorerConfig read(Map<String, String> flags) {
    ConfigDef definition =
        ScorerConfig.define(BreakerOptions.define(CommonSettings.define(new ConfigDef())))
            .define(
                "sentiment.model",
                Type.STRING,
                "sentiment-e5-small-v2@1.3.0",
                Importance.HIGH,
                "Model package that serves sentiment, as id@version.")
            .define(
                "translation.model",
                Type.STRING,
                "translation-de-en@1.2.0",
                Importance.HIGH,
                "Model package that serves translation, as id@version; empty for none.");
    return ScorerConfig.from(SettingsReader.read(definition, Optional.empty(), Map.of(), flags));
  }
}
