package io.headwater.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.avro.RecordHeader;
import io.headwater.avro.TokenSequence;
import io.headwater.models.text.TokenizerClosedException;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.ShippedTokenizer;
import io.headwater.tokenizer.plan.Tokenization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTopologyTest {
  private static final int ROOMY = 16 << 20;
  private static final MessagePlanner PLANNER =
      ShippedTokenizer.planner(new PlannerLimits(1_000, 32, false));

  private TokenizerDriver river =
      new TokenizerDriver(new MockSchemaRegistryClient(), PLANNER, ROOMY);

  /** The ways in which a record can be bad, with what is told of it. */
  private enum Bad {
    NO_VALUE(DeadLetterCause.NULL_VALUE),
    NOT_AVRO(DeadLetterCause.NOT_AVRO),
    UNKNOWN_SCHEMA(DeadLetterCause.UNKNOWN_SCHEMA),
    CUT_SHORT(DeadLetterCause.MALFORMED),
    NOT_UTF_8(DeadLetterCause.INVALID_UTF8),
    TOO_LONG(DeadLetterCause.TEXT_TOO_LONG),
    UNKNOWN_TASK(DeadLetterCause.UNKNOWN_TASK);

    private final DeadLetterCause cause;

    Bad(DeadLetterCause cause) {
      this.cause = cause;
    }

    byte @Nullable [] bytes(TokenizerDriver river) {
      byte[] healthy = river.encoded(english("bad", "A text of good words"));
      return switch (this) {
        case NO_VALUE -> null;
        case NOT_AVRO -> "{\"text\": \"json\"}".getBytes(UTF_8);
        case UNKNOWN_SCHEMA -> ByteBuffer.wrap(healthy).putInt(1, 12_345).array();
        case CUT_SHORT -> Arrays.copyOf(healthy, healthy.length / 2);
        case NOT_UTF_8 -> {
          healthy[healthy.length / 2] = (byte) 0xFF;
          yield healthy;
        }
        case TOO_LONG -> river.encoded(english("bad", "x".repeat(1_001)));
        case UNKNOWN_TASK ->
            river.encoded(
                Message.newBuilder(english("bad", "?")).setTasks(List.of("poetry")).build());
      };
    }
  }

  @AfterEach
  void close() {
    river.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGoodRecordKeepsItsKeyTimeAndHeaders(boolean keyed) {
    byte @Nullable [] key = keyed ? new byte[] {0, -1, 5} : null;
    Headers headers = new RecordHeaders().add("trace", new byte[] {1});

    river.send(key, river.encoded(english("m", "Good day")), headers, Instant.ofEpochMilli(77));

    List<TestRecord<byte[], byte[]>> written = river.tokenRecords();
    assertThat(written).hasSize(1);
    assertThat(written.get(0).key()).isEqualTo(key);
    assertThat(written.get(0).timestamp()).isEqualTo(77);
    assertThat(written.get(0).headers().lastHeader("trace").value()).containsExactly(1);
    assertThat(written.get(0).headers().lastHeader(HeadwaterHeaders.TOKENIZED_AT).value())
        .isEqualTo(Long.toString(TokenizerDriver.NOW.toEpochMilli()).getBytes(UTF_8));
    assertThat(river.deadLetters()).isEmpty();
  }

  @Test
  void tokensNameTheRecordTheyCameFrom() {
    river.send(river.encoded(english("first", "Good day")));
    river.send(river.encoded(english("", "Good night")));

    List<TokenSequence> tokens = river.tokens();

    assertThat(tokens)
        .extracting(TokenSequence::getOrigin)
        .containsExactly(new Origin("river.messages", 0, 0L), new Origin("river.messages", 0, 1L));
    assertThat(tokens)
        .extracting(TokenSequence::getMessageId)
        .containsExactly("first", "river.messages-0-1");
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void aBadRecordBecomesOneDeadLetterAndItsNeighboursGoThrough(Bad bad) {
    byte[] key = {9, 8};
    byte @Nullable [] value = bad.bytes(river);
    Headers headers = new RecordHeaders().add("h", new byte[] {3}).add("empty", null);

    river.send(river.encoded(english("before", "Good day")));
    river.send(key, value, headers, Instant.ofEpochMilli(55));
    river.send(river.encoded(english("after", "Good night")));

    assertThat(river.tokens())
        .extracting(TokenSequence::getMessageId)
        .containsExactly("before", "after");
    List<TestRecord<byte[], byte[]>> records = river.deadLetterRecords();
    assertThat(records).hasSize(1);
    assertThat(records.get(0).key()).isEqualTo(key);
    assertThat(records.get(0).timestamp()).isEqualTo(55);
    DeadLetter letter = river.letter(records.get(0));
    assertThat(letter.getStage()).isEqualTo("tokenizer");
    assertThat(letter.getCause()).isEqualTo(bad.cause.name());
    assertThat(letter.getDetail()).isNotBlank().doesNotContain("good words");
    assertThat(letter.getTopic()).isEqualTo("river.messages");
    assertThat(letter.getPartition()).isZero();
    assertThat(letter.getOffset()).isEqualTo(1);
    assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(55));
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
    assertThat(letter.getValue()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
    assertThat(letter.getHeaders())
        .containsExactly(
            new RecordHeader("h", ByteBuffer.wrap(new byte[] {3})),
            new RecordHeader("empty", null));
    assertThat(river.counted("headwater.dead.letters", "cause", bad.cause.name())).isEqualTo(1);
    assertThat(river.counted("headwater.records.in")).isEqualTo(3);
  }

  @Test
  void aTextOnWhichTheTokenizerFailsHarmsNobodyElse() {
    replaceRiver(new MockSchemaRegistryClient(), ROOMY);

    river.send(river.encoded(english("before", "Good day")));
    river.send(river.encoded(english("culprit", "explode")));
    river.send(river.encoded(english("after", "Good night")));

    assertThat(river.tokens())
        .extracting(TokenSequence::getMessageId)
        .containsExactly("before", "after");
    List<DeadLetter> letters = river.deadLetters();
    assertThat(letters)
        .extracting(DeadLetter::getCause)
        .containsExactly(DeadLetterCause.TOKENIZER_FAILURE.name());
    assertThat(letters.get(0).getDetail()).doesNotContain("explode");
  }

  @Test
  void aTokenizerThatIsClosedUnderAThreadIsNoFaultOfTheRecord() {
    replaceRiver(new MockSchemaRegistryClient(), ROOMY);
    byte[] value = river.encoded(english("m", "too late"));

    assertThatThrownBy(() -> river.send(value))
        .hasRootCauseInstanceOf(TokenizerClosedException.class);
    assertThat(river.deadLetters()).isEmpty();
  }

  @Test
  void aResultThatTheTopicWouldRefuseBecomesADeadLetterWithItsKeyCounted() {
    replaceRiver(new MockSchemaRegistryClient(), 3_000);
    byte[] value = river.encoded(english("m", "Good day"));

    river.send(new byte[100], value, new RecordHeaders(), TokenizerDriver.NOW);
    river.send(new byte[3_000], value, new RecordHeaders(), TokenizerDriver.NOW);
    river.send(
        new byte[0], value, new RecordHeaders().add("wide", new byte[3_000]), TokenizerDriver.NOW);

    assertThat(river.tokens()).hasSize(1);
    assertThat(river.deadLetters())
        .extracting(DeadLetter::getCause)
        .containsExactly("RESULT_TOO_LARGE", "RESULT_TOO_LARGE");
  }

  @Test
  void aMessageWhoseClockIsAnAgeOffIsReadLikeOthers() {
    Message message =
        Message.newBuilder(english("old", "Good day"))
            .setSentAt(Instant.ofEpochMilli(Long.MIN_VALUE))
            .build();

    river.send(river.encoded(message));

    assertThat(river.tokens()).extracting(TokenSequence::getMessageId).containsExactly("old");
  }

  @Test
  void aRegistryThatIsAwayIsWaitedForAndNothingIsDeadLettered() {
    FlakyRegistry registry = new FlakyRegistry();
    replaceRiver(registry, ROOMY);
    byte[] value = river.encoded(english("m", "Good day"));
    registry.failuresToCome = 2;

    river.send(value);

    assertThat(registry.failuresToCome).isZero();
    assertThat(river.meters().get("headwater.registry.retries").counter().count()).isEqualTo(2);
    assertThat(river.tokens()).extracting(TokenSequence::getMessageId).containsExactly("m");
    assertThat(river.deadLetters()).isEmpty();
  }

  private void replaceRiver(MockSchemaRegistryClient client, int maxRecordBytes) {
    river.close();
    river = new TokenizerDriver(client, TokenizerTopologyTest::planOrExplode, maxRecordBytes);
  }

  private static Tokenization planOrExplode(Message message, Origin origin) {
    if (message.getText().equals("explode")) {
      throw new IllegalStateException("cannot read: " + message.getText());
    }
    if (message.getText().equals("too late")) {
      throw new TokenizerClosedException();
    }
    return PLANNER.plan(message, origin);
  }

  private static Message english(String id, String text) {
    return Message.newBuilder().setId(id).setText(text).setLanguage("en").build();
  }

  /** A registry that does not answer the next few questions for a schema. */
  private static final class FlakyRegistry extends MockSchemaRegistryClient {
    private int failuresToCome;

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
      if (failuresToCome > 0) {
        failuresToCome--;
        throw new IOException("connection refused");
      }
      return super.getSchemaById(id);
    }
  }
}
