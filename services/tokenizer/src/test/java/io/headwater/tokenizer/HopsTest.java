package io.headwater.tokenizer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.Message;
import io.headwater.models.ModelId;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.faults.TooManyDeadLettersException;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.tokenizer.plan.PlannerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hops as the service puts them together, over the packages that it opens. */
class HopsTest {
  private static final BreakerOptions HALF_OF_TEN =
      new BreakerOptions(10, 0.5, Duration.ofMinutes(1));
  private static final byte[] RUBBISH = {9};

  @TempDir private Path root;
  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final Telemetry telemetry = Telemetry.of("tokenizer");

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void aSecondHopOnWhichEverythingFailsIsStoppedWhateverTheFirstDoes() {
    registry.register(topics.all());
    byte[] message =
        registry
            .encoder(topics.messages())
            .encode(Message.newBuilder().setText("Gut.").setLanguage("de").build());
    try (TokenizerModels models = models()) {
      Hops hops = new Hops(topics, registry, HALF_OF_TEN, telemetry);
      try (TopologyTestDriver driver =
          new TopologyTestDriver(hops.topology(Intake.OPEN, models), properties())) {
        TestInputTopic<byte[], byte[]> messages = input(driver, topics.messages().name());
        TestInputTopic<byte[], byte[]> translations = input(driver, topics.translations().name());
        for (int i = 0; i < 4; i++) {
          messages.pipeInput(message);
          messages.pipeInput(message);
          translations.pipeInput(RUBBISH);
        }

        assertThatThrownBy(() -> translations.pipeInput(RUBBISH))
            .hasRootCauseInstanceOf(TooManyDeadLettersException.class);
      }
      assertThat(hops.breakers())
          .extracting(DeadLetterBreaker::isStopped)
          .containsExactly(false, true);
      var checks = telemetry.health().ready().checks();
      assertThat(requireNonNull(checks.get("breaker.translation")).ok()).isTrue();
      assertThat(requireNonNull(checks.get("breaker.sentiment")).ok()).isFalse();
    }
  }

  private TokenizerModels models() {
    PackageFolder.good(root.resolve("tiny/1.0.0"));
    TranslationFolder.good(root.resolve("tiny-translation/1.0.0"));
    TokenizerConfig config =
        new TokenizerConfig(
            root,
            root.resolve("state"),
            new ModelId("tiny", "1.0.0"),
            Optional.of(new TranslationChoice(new ModelId("tiny-translation", "1.0.0"), "en")),
            List.of("en", "de"),
            new PlannerLimits(1 << 20, 4, false),
            1,
            Duration.ofMillis(50),
            HALF_OF_TEN,
            Intake.OPEN,
            "t",
            HttpEndpoint.loopback(0, TokenizerConfig.ADMIN),
            false);
    return TokenizerModels.open(config, telemetry.health());
  }

  private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver, String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put("application.id", "hops-test");
    properties.put("bootstrap.servers", "none:1");
    return properties;
  }
}
