package io.headwater.schemas;

import static io.headwater.schemas.DeadLetterCause.INCOMPATIBLE_SCHEMA;
import static io.headwater.schemas.DeadLetterCause.INVALID_UTF8;
import static io.headwater.schemas.DeadLetterCause.MALFORMED;
import static io.headwater.schemas.DeadLetterCause.NOT_AVRO;
import static io.headwater.schemas.DeadLetterCause.NULL_VALUE;
import static io.headwater.schemas.DeadLetterCause.UNKNOWN_SCHEMA;
import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static io.headwater.schemas.RegisteredRiver.message;
import static io.headwater.schemas.RegisteredRiver.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {
  private static final String MARK = "MARK";

  private final RegisteredRiver river = new RegisteredRiver();
  private final RecordDecoder<Message> decoder = river.messageDecoder();

  @Test
  void aValueThatWasSentPackedAndFitsIntoNoTopicIsRefused() {
    byte[] large = river.encoded(RegisteredRiver.message("x".repeat(16 * 1024 * 1024)));

    assertThat(river.messageDecoder().decode(large))
        .isInstanceOfSatisfying(
            Undecodable.class,
            bad -> assertThat(bad.cause()).isEqualTo(DeadLetterCause.RECORD_TOO_LARGE));
  }

  @Test
  void aNullIsARecordWithoutValue() {
    assertThat(cause(null)).isEqualTo(NULL_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void fewerThanFiveBytesAreNotAvro(int length) {
    assertThat(cause(new byte[length])).isEqualTo(NOT_AVRO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"text\": \"hello\"}", "plain text", "\u0001\u0000\u0000\u0000\u0001x"})
  void aValueWithoutTheMagicByteIsNotAvro(String value) {
    assertThat(cause(value.getBytes(ISO_8859_1))).isEqualTo(NOT_AVRO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4_711, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void anIdThatTheRegistryDoesNotKnowIsAnUnknownSchema(int id) {
    assertThat(cause(wire(id, new byte[20]))).isEqualTo(UNKNOWN_SCHEMA);
  }

  @Test
  void aSchemaThatIsNoRecordIsIncompatible() {
    int id = river.idOfOther(Schema.create(Schema.Type.STRING));

    assertThat(cause(wire(id, (byte) 2, (byte) 'a'))).isEqualTo(INCOMPATIBLE_SCHEMA);
  }

  @Test
  void aRecordOfAnotherNameIsIncompatible() {
    int id =
        river.idOfOther(SchemaBuilder.record("Other").fields().requiredString("text").endRecord());

    assertThat(cause(wire(id, (byte) 2, (byte) 'a'))).isEqualTo(INCOMPATIBLE_SCHEMA);
  }

  @Test
  void aMessageWithoutTextIsIncompatible() {
    Schema textless =
        SchemaBuilder.record("Message").namespace("io.headwater.avro").fields().endRecord();

    assertThat(cause(wire(river.idOfOther(textless)))).isEqualTo(INCOMPATIBLE_SCHEMA);
  }

  @Test
  void aRecordOfAnotherTopicIsIncompatibleAndTheAnswerNamesBoth() {
    var answer = (Undecodable<Message>) decoder.decode(wire(river.id(TOPICS.insights())));

    assertThat(answer.cause()).isEqualTo(INCOMPATIBLE_SCHEMA);
    assertThat(answer.detail()).contains("io.headwater.avro.Insight", "io.headwater.avro.Message");
  }

  @Test
  void aRecordCutAnywhereIsMalformed() {
    byte[] whole = river.encoded(RegisteredRiver.random(TOPICS.messages(), 3));

    for (int length = 5; length < whole.length; length++) {
      assertThat(cause(Arrays.copyOf(whole, length))).as("%d bytes", length).isEqualTo(MALFORMED);
    }
  }

  @Test
  void bytesBehindTheRecordAreMalformed() {
    byte[] whole = river.encoded(message("hello"));

    assertThat(cause(Arrays.copyOf(whole, whole.length + 1))).isEqualTo(MALFORMED);
  }

  @Test
  void aUnionBranchThatDoesNotExistIsMalformed() {
    byte[] bytes = river.encoded(message(""));
    bytes[5 + 2] = 4; // the branch of `language`, behind the empty id and text

    assertThat(cause(bytes)).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab\u00ffc", // a byte that UTF-8 never has
        "ab\u00c0\u0080", // NUL in an overlong form
        "a\u00ed\u00a0\u0080", // half of a surrogate pair
        "abc\u0080", // a continuation of nothing
        "abc\u00c3", // a start without its continuation
        "\u00f4\u0090\u0080\u0080" // beyond the last code point
      })
  void aTextThatIsNotUtf8IsToldApartFromMalformedBytes(String fourBytes) {
    byte[] bytes = river.encoded(message(MARK));

    assertThat(cause(marked(bytes, fourBytes.getBytes(ISO_8859_1)))).isEqualTo(INVALID_UTF8);
  }

  @Test
  void invalidUtf8IsFoundInEveryStringOfAMessage() {
    List<Message> places =
        List.of(
            Message.newBuilder().setText("").setId(MARK).build(),
            Message.newBuilder().setText("").setAuthor(MARK).build(),
            Message.newBuilder().setText("").setTasks(List.of("sentiment", MARK)).build(),
            Message.newBuilder().setText("").setAttributes(Map.of(MARK, "value")).build(),
            Message.newBuilder().setText("").setAttributes(Map.of("key", MARK)).build());

    for (Message place : places) {
      byte[] bytes = marked(river.encoded(place), new byte[] {'a', 'b', 'c', -1});
      assertThat(cause(bytes)).as(place.toString()).isEqualTo(INVALID_UTF8);
    }
  }

  @Test
  void invalidUtf8IsFoundInANestedRecord() {
    Insight insight =
        Insight.newBuilder()
            .setMessageId("1")
            .setOrigin(new Origin("messages", 0, 1L))
            .setMessage(message(MARK))
            .setLanguage("en")
            .build();
    byte[] bytes = river.encoder(TOPICS.insights()).encode(insight);

    var answer =
        river.decoder(TOPICS.insights()).decode(marked(bytes, new byte[] {-1, -1, -1, -1}));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Undecodable.class, bad -> assertThat(bad.cause()).isEqualTo(INVALID_UTF8));
  }

  @Test
  void anHonestReplacementCharacterIsHealthy() {
    Message honest =
        Message.newBuilder()
            .setText("lost: \uFFFD")
            .setAttributes(Map.of("\uFFFD", "\uFFFD"))
            .build();

    assertThat(decoder.decode(river.encoded(honest))).isEqualTo(new Healthy<>(honest));
  }

  @Test
  void anHonestReplacementCharacterDoesNotHideABadByteElsewhere() {
    byte[] bytes =
        river.encoded(Message.newBuilder().setText("lost: \uFFFD").setAuthor(MARK).build());

    assertThat(cause(marked(bytes, new byte[] {-1, 'b', 'c', 'd'}))).isEqualTo(INVALID_UTF8);
  }

  @Test
  void aGoodRecordIsReadAfterABadOne() {
    byte[] good = river.encoded(RegisteredRiver.random(TOPICS.messages(), 5));
    Decoded<Message> expected = decoder.decode(good);
    assertThat(expected).isInstanceOf(Healthy.class);

    for (int length = 5; length < good.length; length += 3) {
      Decoded<Message> bad = decoder.decode(Arrays.copyOf(good, length));

      assertThat(bad).isInstanceOf(Undecodable.class);
      assertThat(decoder.decode(good)).isEqualTo(expected);
    }
  }

  @Test
  void theDetailHoldsNothingOfTheText() {
    byte[] bytes = river.encoded(message("a secret"));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

    var answer = (Undecodable<Message>) decoder.decode(cut);

    assertThat(answer.detail()).doesNotContain("secret").isNotBlank();
  }

  private DeadLetterCause cause(byte @Nullable [] bytes) {
    return ((Undecodable<Message>) decoder.decode(bytes)).cause();
  }

  /** The record with the four bytes of {@link #MARK} replaced. */
  private static byte[] marked(byte[] record, byte[] fourBytes) {
    int at = new String(record, ISO_8859_1).indexOf(MARK);
    assertThat(at).isPositive();
    byte[] changed = record.clone();
    System.arraycopy(fourBytes, 0, changed, at, MARK.length());
    return changed;
  }
}
