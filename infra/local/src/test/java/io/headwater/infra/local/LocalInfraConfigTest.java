package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalInfraConfigTest {
  private static final Path DATA = Path.of("data");
  private static final Path RUNNER = Path.of("runner.jar");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Test
  void givesEachPartItsOwnFolder() {
    // given
    LocalInfraConfig config = new LocalInfraConfig(DATA, 9092, 9093, 8081, RUNNER, TIMEOUT);

    // when
    LocalKafkaConfig kafka = config.kafka();
    LocalRegistryConfig registry = config.registry();

    // then
    assertThat(kafka)
        .isEqualTo(
            new LocalKafkaConfig(DATA.resolve("kafka").toAbsolutePath().normalize(), 9092, 9093));
    assertThat(registry)
        .isEqualTo(new LocalRegistryConfig(RUNNER, DATA.resolve("registry"), 8081, TIMEOUT));
  }

  @Test
  void makesPathsAbsolute() {
    // when
    LocalRegistryConfig config =
        new LocalRegistryConfig(Path.of("x", "..", "runner.jar"), DATA, 0, TIMEOUT);

    // then
    assertThat(config.runnerJar()).isEqualTo(RUNNER.toAbsolutePath());
    assertThat(config.dataDirectory()).isEqualTo(DATA.toAbsolutePath());
  }

  @Test
  void refusesANumberThatIsNoPortAndNamesItsSetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalInfraConfig(DATA, 70_000, 9093, 8081, RUNNER, TIMEOUT))
        .withMessageContaining("kafka.port is 70000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalInfraConfig(DATA, 9092, -1, 8081, RUNNER, TIMEOUT))
        .withMessageContaining("kafka.controller.port is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalInfraConfig(DATA, 9092, 9093, 65_536, RUNNER, TIMEOUT))
        .withMessageContaining("registry.port is 65536");
  }

  @Test
  void refusesOnePortForTwoListeners() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalInfraConfig(DATA, 9092, 9092, 8081, RUNNER, TIMEOUT))
        .withMessage("kafka.port and kafka.controller.port are both 9092");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalInfraConfig(DATA, 9092, 9093, 9093, RUNNER, TIMEOUT))
        .withMessageContaining("registry.port");
  }

  @Test
  void refusesAFolderThatKafkaWouldReadAsAList() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalKafkaConfig(Path.of("a,b"), 0, 0))
        .withMessageContaining("comma");
  }

  @Test
  void refusesAStartTimeoutOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LocalRegistryConfig(RUNNER, DATA, 0, Duration.ZERO))
        .withMessageContaining("start timeout");
  }
}
