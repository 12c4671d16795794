package io.headwater.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.SentimentPlanner;
import io.headwater.tokenizer.plan.ShippedTokenizer;
import io.headwater.tokenizer.plan.TranslationPlanner;
import io.headwater.tokenizer.plan.WordSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that are translated before they are scored: both hops, with a scorer in between. */
class TwoHopsTest {
  private static final int ROOMY = 16 << 20;
  private static final PlannerLimits LIMITS = new PlannerLimits(2_000, 32, false);
  private static final SentimentPlanner SENTIMENT = ShippedTokenizer.sentiment(LIMITS);

  private TokenizerDriver river = river(ROOMY);

  private static TokenizerDriver river(int maxRecordBytes) {
    MessagePlanner first =
        new MessagePlanner(
            SENTIMENT,
            Optional.of(new TranslationPlanner(new WordSource(16), SENTIMENT, "en")),
            ShippedTokenizer.languages(),
            LIMITS);
    return new TokenizerDriver(new MockSchemaRegistryClient(), first, SENTIMENT, maxRecordBytes);
  }

  @AfterEach
  void close() {
    river.close();
  }

  @Test
  void eachHopIsASubTopologyOfItsOwn() {
    assertThat(river.topology().describe().subtopologies()).hasSize(2);
  }

  @Test
  void aGermanMessageIsTranslatedAndThenScoredOnItsTranslation() {
    river.send(river.encoded(message("m", "de", "Das Hotel war laut. Schade!")));

    TokenSequence first = only(river.translationTokens());
    assertThat(river.tokens()).isEmpty();
    assertThat(first.getTask()).isEqualTo("translation");
    assertThat(first.getSegments()).hasSize(2);

    river.sendTranslation(river.encoded(translated(first)));

    TokenSequence second = only(river.tokens());
    assertThat(second.getTask()).isEqualTo("sentiment");
    assertThat(second.getTextSource()).isEqualTo(TextSource.TRANSLATION);
    assertThat(second.getMessageId()).isEqualTo("m");
    assertThat(second.getOrigin()).isEqualTo(first.getOrigin());
    assertThat(second.getLanguage()).isEqualTo("de");
    assertThat(river.translationTokens()).isEmpty();
    assertThat(river.deadLetters()).isEmpty();
    assertThat(river.counted("headwater.records.in", "task", "translation")).isEqualTo(1);
    assertThat(river.counted("headwater.records.in", "task", "sentiment")).isEqualTo(1);
  }

  @Test
  void everyMessageGivesOneRecordOnEachStageInItsOrderWhateverIsDoneForIt() {
    List<Message> messages =
        List.of(
            message("translated", "de", "Das Hotel war laut."),
            message("passed through", "en", "A quiet hotel."),
            message("nobody's", "it", "Ciao!"),
            asking("no task", "de", "Nichts zu tun."),
            asking("sentiment", "en", "Only this.", "sentiment"),
            asking("translation", "de", "Nur das.", "translation"),
            message("undetermined", "", "12 345"),
            message("", "de", ""));

    messages.forEach(message -> river.send(river.encoded(message)));
    List<TokenSequence> first = river.translationTokens();
    first.forEach(tokens -> river.sendTranslation(river.encoded(translated(tokens))));
    List<TokenSequence> second = river.tokens();

    assertThat(first).hasSize(messages.size());
    assertThat(second)
        .extracting(tokens -> tokens.getOrigin().getOffset())
        .containsExactlyElementsOf(LongStream.range(0, messages.size()).boxed().toList());
    assertThat(second).allMatch(tokens -> tokens.getPlannedTasks().size() == 2);
    assertThat(second)
        .extracting(tokens -> Optional.ofNullable(tokens.getSkipReason()).orElse("scored"))
        .containsExactly(
            "scored",
            "scored",
            "no sentiment model reads language it",
            "sentiment was not asked for",
            "scored",
            "sentiment was not asked for",
            "scored",
            "no sentiment model reads language de");
    assertThat(river.deadLetters()).isEmpty();
  }

  @Test
  void theSecondHopKeepsKeyTimeAndHeadersAndTellsItsOwnTime() {
    byte[] key = {0, -1, 5};
    Headers headers =
        new RecordHeaders()
            .add("trace", new byte[] {1})
            .add(HeadwaterHeaders.TOKENIZED_AT, "5".getBytes(UTF_8));
    Translation translation = translated("de", "Laut.", "Loud.");

    river.sendTranslation(key, river.encoded(translation), headers, Instant.ofEpochMilli(77));

    TestRecord<byte[], byte[]> written = only(river.tokenRecords());
    assertThat(written.key()).isEqualTo(key);
    assertThat(written.timestamp()).isEqualTo(77);
    assertThat(written.headers().lastHeader("trace").value()).containsExactly(1);
    assertThat(written.headers().headers(HeadwaterHeaders.TOKENIZED_AT)).hasSize(1);
    assertThat(written.headers().lastHeader(HeadwaterHeaders.TOKENIZED_AT).value())
        .isEqualTo(Long.toString(TokenizerDriver.NOW.toEpochMilli()).getBytes(UTF_8));
  }

  private enum Bad {
    NO_VALUE(DeadLetterCause.NULL_VALUE),
    NOT_AVRO(DeadLetterCause.NOT_AVRO),
    CUT_SHORT(DeadLetterCause.MALFORMED),
    WITHOUT_ITS_TEXT(DeadLetterCause.MISSING_TEXT),
    FAR_TOO_LONG(DeadLetterCause.TEXT_TOO_LONG);

    private final DeadLetterCause cause;

    Bad(DeadLetterCause cause) {
      this.cause = cause;
    }

    byte @Nullable [] bytes(TokenizerDriver river) {
      Translation translation = translated("en", "Loud words.", "Loud words.");
      byte[] healthy = river.encoded(translation);
      return switch (this) {
        case NO_VALUE -> null;
        case NOT_AVRO -> "{\"text\": \"json\"}".getBytes(UTF_8);
        case CUT_SHORT -> Arrays.copyOf(healthy, healthy.length / 2);
        case WITHOUT_ITS_TEXT -> {
          translation.setSourceText(null);
          yield river.encoded(translation);
        }
        case FAR_TOO_LONG -> river.encoded(translated("en", "x".repeat(8_001), "x"));
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void aBadTranslationBecomesOneDeadLetterAndItsNeighboursGoThrough(Bad bad) {
    byte[] key = {9, 8};
    byte @Nullable [] value = bad.bytes(river);

    river.sendTranslation(river.encoded(translated("de", "Vorher.", "Before.")));
    river.sendTranslation(key, value, new RecordHeaders(), Instant.ofEpochMilli(55));
    river.sendTranslation(river.encoded(translated("de", "Nachher.", "After.")));

    assertThat(river.tokens()).hasSize(2);
    DeadLetter letter = only(river.deadLetters());
    assertThat(letter.getStage()).isEqualTo("tokenizer");
    assertThat(letter.getCause()).isEqualTo(bad.cause.name());
    assertThat(letter.getDetail()).isNotBlank().doesNotContain("Loud");
    assertThat(letter.getTopic()).isEqualTo("river.scores.translation");
    assertThat(letter.getOffset()).isEqualTo(1);
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
    assertThat(letter.getValue()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
    assertThat(
            river.counted("headwater.dead.letters", "task", "sentiment", "cause", bad.cause.name()))
        .isEqualTo(1);
  }

  @Test
  void theTextAddsToTheSizeOfTokensThatTheTopicTakes() {
    river.close();
    river = river(1_600);

    river.send(river.encoded(message("small", "de", "Kurz.")));
    river.send(river.encoded(message("large", "it", "x".repeat(1_500))));

    assertThat(river.translationTokens())
        .extracting(TokenSequence::getMessageId)
        .containsExactly("small");
    assertThat(only(river.deadLetters()).getCause()).isEqualTo("RESULT_TOO_LARGE");
  }

  /** What a scorer makes of tokens. */
  private static Translation translated(TokenSequence tokens) {
    String reason = tokens.getSkipReason();
    boolean passes = reason == null && tokens.getSegments().isEmpty();
    return Translation.newBuilder()
        .setMessageId(tokens.getMessageId())
        .setOrigin(tokens.getOrigin())
        .setModel(tokens.getModel())
        .setProvenance(new Provenance("aa", "bb", "none 1", "cpu"))
        .setText(reason != null ? "" : passes ? tokens.getText() : "A translation.")
        .setSourceLanguage(tokens.getLanguage())
        .setTargetLanguage(tokens.getTargetLanguage())
        .setPassedThrough(passes)
        .setLogProbability(-1)
        .setTokenCount(3)
        .setPlannedTasks(tokens.getPlannedTasks())
        .setAskedTasks(tokens.getAskedTasks())
        .setSkipReason(reason)
        .setSourceText(tokens.getText())
        .build();
  }

  private static Translation translated(String language, String original, String text) {
    TokenSequence tokens = new TokenSequence();
    tokens.setMessageId("m");
    tokens.setOrigin(new Origin("river.messages", 0, 0L));
    tokens.setModel(new ModelRef("words", "1.0.0"));
    tokens.setLanguage(language);
    tokens.setTargetLanguage("en");
    tokens.setText(original);
    tokens.setSegments(List.of());
    tokens.setPlannedTasks(List.of("translation", "sentiment"));
    tokens.setAskedTasks(List.of("translation", "sentiment"));
    Translation translation = translated(tokens);
    translation.setPassedThrough(false);
    translation.setText(text);
    return translation;
  }

  private static Message message(String id, String language, String text) {
    return Message.newBuilder().setId(id).setText(text).setLanguage(language).build();
  }

  private static Message asking(String id, String language, String text, String... tasks) {
    return Message.newBuilder(message(id, language, text)).setTasks(List.of(tasks)).build();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
