package io.headwater.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class CommonSettingsTest {
  private static final ConfigDef DEFINITION = CommonSettings.define(new ConfigDef());

  @Test
  void everyKeyHasADefaultAndASentence() {
    Settings settings = read(Map.of());

    assertThat(settings.string(CommonSettings.BOOTSTRAP_SERVERS)).isEqualTo("localhost:9092");
    assertThat(settings.string(CommonSettings.SCHEMA_REGISTRY_URL))
        .isEqualTo("http://localhost:8085/apis/ccompat/v7");
    assertThat(settings.text(CommonSettings.TOPICS_PREFIX)).isEmpty();
    assertThat(settings.string(CommonSettings.STATE_DIRECTORY)).isEqualTo(".headwater/state");
    assertThat(DEFINITION.configKeys().values())
        .hasSize(10)
        .allSatisfy(key -> assertThat(key.documentation).endsWith("."));
  }

  @Test
  void theInstancesIdIsTheConfiguredOne() {
    assertThat(CommonSettings.instanceId(read(Map.of("instance.id", "scorer-1"))))
        .isEqualTo("scorer-1");
  }

  @Test
  void withoutOneTheIdEndsInTheProcessId() {
    assertThat(CommonSettings.instanceId(read(Map.of())))
        .endsWith("-" + ProcessHandle.current().pid())
        .doesNotStartWith("-");
  }

  @Test
  void anEmptyAddressIsAFault() {
    InvalidSettingsException fault =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> read(Map.of("bootstrap.servers", "")));

    assertThat(fault.faults()).singleElement().asString().startsWith("bootstrap.servers: ");
  }

  private static Settings read(Map<String, String> flags) {
    return SettingsReader.read(DEFINITION, Optional.empty(), Map.of(), flags);
  }
}
