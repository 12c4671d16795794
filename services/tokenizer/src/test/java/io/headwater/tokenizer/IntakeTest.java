package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.runtime.config.OffsetRanges;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
  /** Every message that is taken becomes a dead letter, which names its offset. */
  private static TokenizerDriver taking(Intake intake) {
    return new TokenizerDriver(
        new MockSchemaRegistryClient(),
        (message, origin) -> new Refused(DeadLetterCause.TEXT_TOO_LONG, "taken"),
        Optional.empty(),
        1 << 20,
        intake);
  }

  @Test
  void onlyTheRecordsOfTheRangeAreTaken() {
    try (TokenizerDriver river = taking(new Intake(OffsetRanges.parse("0:2-4"), 0))) {
      send(river, 6);

      assertThat(river.deadLetters()).extracting(DeadLetter::getOffset).containsExactly(2L, 3L);
      assertThat(river.counted("headwater.records.in")).isEqualTo(2);
    }
  }

  @Test
  void anUnreadableRecordOutsideOfTheRangeIsNobodysBusiness() {
    try (TokenizerDriver river = taking(new Intake(OffsetRanges.parse("0:1-2"), 0))) {
      river.send(new byte[] {1, 2, 3});

      assertThat(river.deadLetters()).isEmpty();
    }
  }

  @Test
  void aRateHoldsMessagesBackAndLosesNone() {
    try (TokenizerDriver river = taking(new Intake(OffsetRanges.EVERYTHING, 50))) {
      long begun = System.nanoTime();

      send(river, 11);

      assertThat(river.deadLetters()).hasSize(11);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(190));
    }
  }

  @Test
  void aRateIsNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Intake(OffsetRanges.EVERYTHING, -1));
  }

  private static void send(TokenizerDriver river, int count) {
    for (int i = 0; i < count; i++) {
      Message message = new Message();
      message.setId("m" + i);
      message.setText("text " + i);
      message.setSource("test");
      message.setAttributes(Map.of());
      river.send(river.encoded(message));
    }
  }
}
