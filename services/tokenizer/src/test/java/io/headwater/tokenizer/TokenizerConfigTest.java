package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.OffsetRanges;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.tokenizer.plan.PlannerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class TokenizerConfigTest {

  @Test
  void hasDefaultsForALaptop() {
    TokenizerConfig config = read(Map.of("models.directory", "models", "instance.id", "t1"));

    assertThat(config)
        .isEqualTo(
            new TokenizerConfig(
                new ModelCatalog(Path.of("models")),
                Path.of(".headwater/state"),
                new ModelId("sentiment-e5-small-v2-int8", "1.3.0"),
                Optional.empty(),
                List.of("en", "de", "fr", "es"),
                PlannerLimits.defaults(),
                1,
                Duration.ofMillis(200),
                new BreakerOptions(200, 0.5, Duration.ofMinutes(1)),
                Intake.OPEN,
                "t1",
                HttpEndpoint.loopback(9101, TokenizerConfig.ADMIN),
                true));
  }

  @Test
  void everyKeySetsItsField() {
    TokenizerConfig config =
        read(
            List.of(
                Map.of(
                    "models.directory", "/m",
                    "state.directory", "/s",
                    "sentiment.model", "mine@2.1.0",
                    "tokenizer.languages", "ja, en",
                    "tokenizer.max.text.bytes", "1000",
                    "tokenizer.segment.overlap", "7",
                    "tokenizer.score.other.languages", "true",
                    "tokenizer.threads", "4",
                    "tokenizer.commit.interval.ms", "300",
                    "tokenizer.admin.host", "0.0.0.0"),
                Map.of(
                    "tokenizer.admin.port", "0",
                    "messages.range", "0:1-2",
                    "tokenizer.rate.limit", "7",
                    "instance.id", "t2",
                    "tokenizer.explain.one.in", "13",
                    "breaker.window", "50"),
                Map.of(
                    "breaker.share", "0.25",
                    "breaker.pause.ms", "3000",
                    "translation.model", "opus@3.0.0",
                    "translation.target.language", "zh-Hant",
                    "models.follow", "false")));

    assertThat(config)
        .isEqualTo(
            new TokenizerConfig(
                new ModelCatalog(Path.of("/m")),
                Path.of("/s"),
                new ModelId("mine", "2.1.0"),
                Optional.of(new TranslationChoice(new ModelId("opus", "3.0.0"), "zh-Hant")),
                List.of("ja", "en"),
                new PlannerLimits(1000, 7, true, 13),
                4,
                Duration.ofMillis(300),
                new BreakerOptions(50, 0.25, Duration.ofSeconds(3)),
                new Intake(OffsetRanges.parse("0:1-2"), 7),
                "t2",
                new HttpEndpoint("0.0.0.0", 0, TokenizerConfig.ADMIN, HttpAccess.OPEN),
                false));
  }

  @Test
  void anEmptyTranslationModelTurnsTranslationOff() {
    TokenizerConfig config = read(Map.of("translation.model", ""));

    assertThat(config.translation()).isEmpty();
  }

  @Test
  void allFaultsAreReportedTogetherEachWithItsKey() {
    Map<String, String> flags =
        Map.of(
            "tokenizer.threads", "0",
            "tokenizer.max.text.bytes", "2000000",
            "translation.target.language", "english",
            "tokenizer.treads", "2");

    assertThatThrownBy(() -> read(flags))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("tokenizer.threads")
        .hasMessageContaining("tokenizer.max.text.bytes")
        .hasMessageContaining("translation.target.language: english: names no language")
        .hasMessageContaining("tokenizer.treads: unknown key");
  }

  private static TokenizerConfig read(Map<String, String> flags) {
    return read(List.of(flags));
  }

  private static TokenizerConfig read(List<Map<String, String>> several) {
    Map<String, String> flags = new HashMap<>();
    several.forEach(flags::putAll);
    ConfigDef definition =
        TokenizerConfig.define(BreakerOptions.define(CommonSettings.define(new ConfigDef())));
    return TokenizerConfig.from(SettingsReader.read(definition, Optional.empty(), Map.of(), flags));
  }
}
