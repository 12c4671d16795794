package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.engine.EngineOptions;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.sentiment.ExplanationBudget;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

/** The names by which brokers, quotas and operators know the scorer: they do not change. */
class ScorerClientsTest {
  @Test
  void sentimentKeepsTheNamesThatItHadWhenItWasTheOnlyTask() {
    ScorerClients clients = clients("sentiment");

    assertThat(group(clients)).isEqualTo("eu.headwater-scorer-sentiment");
    assertThat(clients.producerProperties())
        .containsEntry("client.id", "eu.headwater-scorer-i")
        .containsEntry("transactional.id", "eu.headwater-scorer-sentiment-i");
  }

  @Test
  void translationHasNamesOfItsOwn() {
    ScorerClients clients = clients("translation");

    assertThat(group(clients)).isEqualTo("eu.headwater-scorer-translation");
    assertThat(clients.producerProperties())
        .containsEntry("client.id", "eu.headwater-scorer-translation-i")
        .containsEntry("transactional.id", "eu.headwater-scorer-translation-i");
  }

  private static String group(ScorerClients clients) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer()) {
      return consumer.groupMetadata().groupId();
    }
  }

  private static ScorerClients clients(String task) {
    ScorerConfig config =
        new ScorerConfig(
            new ModelCatalog(Path.of("models")),
            Set.of("sentiment"),
            new ModelId("any", "1.0.0"),
            EngineOptions.cpu(),
            new BatchBudget(1_024, 12),
            32_768,
            0,
            new ExplanationBudget(16_384, 0),
            Optional.empty(),
            1_024,
            BreakerOptions.OFF,
            "i",
            HttpEndpoint.loopback(0, ScorerConfig.ADMIN),
            false);
    KafkaConnection kafka =
        new KafkaConnection(
            "127.0.0.1:1",
            "http://127.0.0.1:1",
            "eu.",
            "",
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());
    return new ScorerClients(config, kafka, task);
  }
}
