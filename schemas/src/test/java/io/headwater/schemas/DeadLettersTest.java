package io.headwater.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.RecordHeader;
import io.headwater.schemas.Decoded.Healthy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLettersTest {
  private static final byte[] KEY = {0, -1, 'k'};
  private static final byte[] VALUE = {'n', 'o', 't', -128};

  @Test
  void keepsTheRecordByteForByteAndSaysWhereItWas() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {1, 2}).add("empty", new byte[0]).add("trace", null);

    DeadLetter letter = letter(KEY, VALUE, headers, 1_700_000_000_000L);

    assertThat(letter.getStage()).isEqualTo("tokenizer");
    assertThat(letter.getCause()).isEqualTo("NOT_AVRO");
    assertThat(letter.getDetail()).isEqualTo("why");
    assertThat(letter.getTopic()).isEqualTo("messages");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(VALUE));
    assertThat(letter.getHeaders())
        .containsExactly(
            new RecordHeader("trace", ByteBuffer.wrap(new byte[] {1, 2})),
            new RecordHeader("empty", ByteBuffer.wrap(new byte[0])),
            new RecordHeader("trace", null));
    assertThat(letter.getRounds()).isZero();
  }

  @Test
  void aRecordWithoutKeyValueAndTimestampHasALetterToo() {
    DeadLetter letter = letter(null, null, new RecordHeaders(), ConsumerRecord.NO_TIMESTAMP);

    assertThat(letter.getKey()).isNull();
    assertThat(letter.getValue()).isNull();
    assertThat(letter.getTimestamp()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aLetterTravelsThroughItsTopicUnchanged() {
    RegisteredRiver river = new RegisteredRiver();
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", VALUE);
    DeadLetter letter = letter(KEY, VALUE, headers, 5);
    Topic<DeadLetter> topic = RegisteredRiver.TOPICS.deadLetters();

    byte[] bytes = river.encoder(topic).encode(letter);

    assertThat(river.decoder(topic).decode(bytes)).isEqualTo(new Healthy<>(letter));
    assertThat(river.encoder(topic).encode(letter))
        .as("writing a letter does not use its bytes up")
        .isEqualTo(bytes);
  }

  @Test
  void aRecordThatIsTooLargeForItsLetterIsNamedByItsPosition() {
    RegisteredRiver river = new RegisteredRiver();
    RecordEncoder<DeadLetter> encoder = river.encoder(RegisteredRiver.TOPICS.deadLetters());
    byte[] large = new byte[TopicPlan.MAX_DEAD_LETTER_BYTES];

    var kept = DeadLetters.written(encoder, letter(KEY, VALUE, new RecordHeaders(), 5), KEY);
    var cut = DeadLetters.written(encoder, letter(KEY, large, new RecordHeaders(), 5), KEY);
    var keyless = DeadLetters.written(encoder, letter(large, VALUE, new RecordHeaders(), 5), large);

    assertThat(kept.key()).isEqualTo(KEY);
    assertThat(read(river, kept).getValue()).isEqualTo(ByteBuffer.wrap(VALUE));
    assertThat(cut.key()).isEqualTo(KEY);
    assertThat(read(river, cut).getValue()).isNull();
    assertThat(read(river, cut).getDetail()).isEqualTo("why. " + DeadLetters.NOT_KEPT);
    assertThat(read(river, cut).getOffset()).isEqualTo(42);
    assertThat(keyless.key()).isNull();
    assertThat(keyless.bytes()).hasSizeLessThan(1_000);
  }

  private static DeadLetter read(RegisteredRiver river, DeadLetters.Written written) {
    Decoded<DeadLetter> read =
        river.decoder(RegisteredRiver.TOPICS.deadLetters()).decode(written.bytes());
    return ((Healthy<DeadLetter>) read).value();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "12, 12", "-3, 0", "'', 0", "two, 0", "99999999999, 0"})
  void countsTheRoundsThatAReplayNotedInAHeader(String digits, int rounds) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetters.ROUNDS_HEADER, digits.getBytes(US_ASCII));

    assertThat(letter(KEY, VALUE, headers, 5).getRounds()).isEqualTo(rounds);
  }

  @Test
  void theLastOfSeveralRoundsHeadersCounts() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetters.ROUNDS_HEADER, new byte[] {'1'});
    headers.add(DeadLetters.ROUNDS_HEADER, new byte[] {'2'});

    assertThat(letter(KEY, VALUE, headers, 5).getRounds()).isEqualTo(2);
  }

  @Test
  void aLetterWithoutItsRecordIsToldFromOneOfARecordWithoutAValue() {
    DeadLetter empty = letter(null, null, new RecordHeaders(), 5);
    DeadLetter kept = letter(KEY, VALUE, new RecordHeaders(), 5);
    DeadLetter lacking = letter(null, null, new RecordHeaders(), 5);
    lacking.setDetail("It is large. " + DeadLetters.NOT_KEPT);

    assertThat(DeadLetters.keepsRecord(empty)).isTrue();
    assertThat(DeadLetters.keepsRecord(kept)).isTrue();
    assertThat(DeadLetters.keepsRecord(lacking)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(DeadLetterCause.class)
  void everyCauseHasASentenceWithoutAFullStop(DeadLetterCause cause) {
    assertThat(cause.sentence()).isNotBlank().doesNotEndWith(".");
  }

  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  private static DeadLetter letter(
      byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers, long timestamp) {
    return DeadLetters.of(
        "tokenizer",
        DeadLetterCause.NOT_AVRO,
        "why",
        new ConsumerRecord<>(
            "messages",
            3,
            42L,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            headers,
            Optional.empty()));
  }
}
