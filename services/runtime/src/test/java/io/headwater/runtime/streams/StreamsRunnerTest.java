package io.headwater.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsRunnerTest {
  @Test
  void processorsAreToldOfTheCommitIntervalAndKafkaStreamsHasALongerOne() {
    // As text: so it comes from the settings under "streams.".
    StreamsConfig config =
        new StreamsConfig(
            StreamsRunner.exactlyOnce(
                Map.of(
                    "application.id", "any",
                    "bootstrap.servers", "localhost:9092",
                    "commit.interval.ms", "150")));

    assertThat(PromptCommit.longestWait(config.originals())).contains(Duration.ofMillis(150));
    assertThat(config.getLong("commit.interval.ms")).isEqualTo(750);
    assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(config.getKafkaClientSupplier()).isInstanceOf(RiverClients.class);
  }

  @Test
  void anIntervalThatIsNoNumberIsRefused() {
    Map<String, Object> properties = Map.of("commit.interval.ms", "soon");
    assertThatThrownBy(() -> StreamsRunner.exactlyOnce(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("commit.interval.ms");
  }
}
