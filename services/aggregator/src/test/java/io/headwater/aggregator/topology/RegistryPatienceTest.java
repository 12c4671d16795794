package io.headwater.aggregator.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.headwater.schemas.RegistryUnavailableException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RegistryPatienceTest {
  private static final byte[] KEY = "k".getBytes(UTF_8);

  /** A registry that is away for its next few questions. */
  private static final class Flaky extends MockSchemaRegistryClient {
    private int away;

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
      if (away > 0) {
        away--;
        throw new IOException("connection refused");
      }
      return super.getSchemaById(id);
    }
  }

  @Test
  void asksAgainWhileTheRegistryIsAwayForAShortTime() {
    Flaky client = new Flaky();
    try (River river = River.over(client)) {
      client.away = 3;

      river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000);
      river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 2_000);

      assertThat(river.insights()).hasSize(1);
      assertThat(river.deadLetters()).isEmpty();
      assertThat(river.count("headwater.registry.retries")).isEqualTo(3);
    }
  }

  @Test
  void failsTheThreadRatherThanTheRecordWhenTheRegistryStaysAway() {
    Flaky client = new Flaky();
    River river = River.over(client);
    client.away = Integer.MAX_VALUE;

    assertThatThrownBy(
            () -> river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000))
        .hasRootCauseInstanceOf(IOException.class)
        .hasStackTraceContaining(RegistryUnavailableException.class.getSimpleName());
    assertThat(river.count("headwater.dead.letters")).isZero();
    assertThat(river.count("headwater.registry.retries")).isEqualTo(5);
  }
}
