package io.headwater.aggregator.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.Translation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinTest {
  private static final byte[] KEY = "author-1".getBytes(UTF_8);
  private static final List<String> BOTH = List.of("translation", "sentiment");

  private River river = River.flowing();

  @AfterEach
  void dry() {
    river.close();
  }

  @Test
  void joinsAMessageWithTheScoreThatComesAfterIt() {
    river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000);

    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 5_000);

    List<TestRecord<byte[], byte[]>> records = river.out(river.topics.insights());
    assertThat(records).hasSize(1);
    assertThat(records.get(0).key()).isEqualTo(KEY);
    assertThat(records.get(0).timestamp()).isEqualTo(1_000);
    Insight insight = river.decoded(river.topics.insights(), records.get(0).value());
    assertThat(insight.getMessageId()).isEqualTo("a");
    assertThat(insight.getMessage().getText()).isEqualTo("fine");
    assertThat(insight.getLanguage()).isEqualTo("en");
    assertThat(insight.getSentiment().getLabel()).isEqualTo("positive");
    assertThat(insight.getSkipped()).isEmpty();
    assertThat(river.pending()).isZero();
  }

  @Test
  void joinsAScoreWithTheMessageThatComesAfterItIntoTheSameBytes() {
    river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000);
    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 5_000);
    TestRecord<byte[], byte[]> usual = river.out(river.topics.insights()).get(0);
    river.close();
    river = River.flowing();

    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 5_000);
    river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000);

    TestRecord<byte[], byte[]> turned = river.out(river.topics.insights()).get(0);
    assertThat(turned.value()).isEqualTo(usual.value());
    assertThat(turned.key()).isEqualTo(usual.key());
    assertThat(turned.timestamp()).isEqualTo(usual.timestamp());
  }

  @Test
  void waitsForAllPlannedTasks() {
    river.send(river.topics.messages(), KEY, Records.message("a", "schön"), 1_000);
    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1, BOTH), 2_000);
    assertThat(river.insights()).isEmpty();

    river.send(river.topics.translations(), KEY, Records.translation(0, BOTH), 3_000);

    assertThat(river.insights())
        .singleElement()
        .satisfies(
            insight -> {
              assertThat(insight.getSentiment()).isNotNull();
              assertThat(insight.getTranslation().getText()).isEqualTo("a translation");
            });
  }

  @Test
  void givesTheSameInsightInWhateverOrderItsPartsComeAndWithoutTheTextTwice() {
    byte[] message = river.bytes(river.topics.messages(), Records.message("a", "schön"));
    byte[] score = river.bytes(river.topics.sentimentScores(), Records.score(0, 0.8, 0.1, BOTH));
    byte[] text = river.bytes(river.topics.translations(), Records.translation(0, BOTH));
    List<byte[]> insights = new ArrayList<>();
    for (String order : List.of("mts", "mst", "tms", "tsm", "smt", "stm")) {
      river.close();
      river = River.flowing();
      for (int i = 0; i < order.length(); i++) {
        switch (order.charAt(i)) {
          case 'm' -> river.raw("messages", KEY, message, 1_000);
          case 't' -> river.raw("scores.translation", KEY, text, 2_000);
          default -> river.raw("scores.sentiment", KEY, score, 3_000);
        }
      }
      List<TestRecord<byte[], byte[]>> written = river.out(river.topics.insights());
      assertThat(written).as(order).hasSize(1);
      insights.add(written.get(0).value());
    }

    assertThat(insights).allMatch(bytes -> Arrays.equals(bytes, insights.get(0)));
    Insight insight = river.decoded(river.topics.insights(), insights.get(0));
    assertThat(insight.getTranslation().getSourceText()).isNull();
    assertThat(insight.getTranslation().getText()).isEqualTo("a translation");
    assertThat(insight.getMessage().getText()).isEqualTo("schön");
  }

  @Test
  void carriesTheReasonsOfBothTasksInTheOrderOfTheirDoing() {
    river.send(river.topics.messages(), KEY, Records.message("a", "saluton"), 1_000);
    SentimentScore skipped = Records.skipped(0, "No sentiment model reads eo");
    skipped.setPlannedTasks(BOTH);
    skipped.setLanguage("eo");

    river.send(
        river.topics.translations(),
        KEY,
        Records.untranslated(0, "No translation model reads eo", BOTH),
        2_000);
    river.send(river.topics.sentimentScores(), KEY, skipped, 3_000);

    assertThat(river.insights())
        .singleElement()
        .satisfies(
            insight -> {
              assertThat(insight.getTranslation()).isNull();
              assertThat(insight.getSentiment()).isNull();
              assertThat(insight.getLanguage()).isEqualTo("eo");
              assertThat(insight.getSkipped())
                  .containsExactly(
                      new SkippedTask("translation", "No translation model reads eo"),
                      new SkippedTask("sentiment", "No sentiment model reads eo"));
            });
    assertThat(river.count("headwater.insights.tasks", "task", "translation", "outcome", "skipped"))
        .isEqualTo(1);
  }

  @Test
  void takesTheLanguageOfTheTranslationWhereThereIsNoSentiment() {
    river.send(river.topics.messages(), KEY, Records.message("a", "schön"), 1_000);

    river.send(
        river.topics.translations(), KEY, Records.translation(0, List.of("translation")), 2_000);

    assertThat(river.insights()).extracting(Insight::getLanguage).containsExactly("de");
  }

  @Test
  void anInsightOfAMebibyteFitsWithItsTranslationAndOneThatDoesNotIsADeadLetter() {
    river.close();
    TopologyOptions usual = River.OPTIONS;
    river =
        River.with(
            new TopologyOptions(
                usual.pendingRetention(), usual.eventTime(), usual.windows(), 4 << 20));
    Translation fits = Records.translation(0, BOTH);
    fits.setText("t".repeat(1_400_000));
    fits.setSourceText("m".repeat(1 << 20));
    Translation beyond = Records.translation(1, BOTH);
    beyond.setText("t".repeat(3_200_000));

    for (int i = 0; i < 2; i++) {
      river.send(
          river.topics.messages(), KEY, Records.message("m" + i, "m".repeat(1 << 20)), 1_000);
    }
    river.send(river.topics.translations(), KEY, fits, 2_000);
    river.send(river.topics.translations(), KEY, beyond, 2_000);
    for (int i = 0; i < 2; i++) {
      river.send(river.topics.sentimentScores(), KEY, Records.score(i, 0.8, 0.1, BOTH), 3_000);
    }

    assertThat(river.insights()).extracting(Insight::getMessageId).containsExactly("m0");
    assertThat(river.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getCause()).isEqualTo("RESULT_TOO_LARGE");
              assertThat(letter.getTopic()).isEqualTo("scores.sentiment");
              assertThat(letter.getDetail()).startsWith("The insight of messages-0@1 has");
            });
    assertThat(river.pending()).isZero();
  }

  @Test
  void doesNotWaitForATaskThatItDoesNotKnow() {
    river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000);

    river.send(
        river.topics.sentimentScores(),
        KEY,
        Records.score(0, 0.8, 0.1, List.of("sentiment", "topics-of-next-year")),
        2_000);

    assertThat(river.insights()).hasSize(1);
  }

  @Test
  void carriesTheReasonOfASkippedTaskAndCountsItInNoWindow() {
    river.send(river.topics.messages(), KEY, Records.message("a", "saluton"), 1_000);

    river.send(river.topics.sentimentScores(), KEY, Records.skipped(0, "No model reads eo"), 2_000);

    assertThat(river.insights())
        .singleElement()
        .satisfies(
            insight -> {
              assertThat(insight.getSentiment()).isNull();
              assertThat(insight.getSkipped())
                  .containsExactly(new SkippedTask("sentiment", "No model reads eo"));
            });
    assertThat(river.out(river.topics.sentimentWindows())).isEmpty();
  }

  @Test
  void keepsMessagesOfTheSameIdApart() {
    river.send(river.topics.messages(), KEY, Records.message("twice", "first"), 1_000);
    river.send(river.topics.messages(), KEY, Records.message("twice", "second"), 1_001);

    river.send(river.topics.sentimentScores(), KEY, Records.score(1, 0.1, 0.8), 2_000);
    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 2_001);

    assertThat(river.insights())
        .extracting(insight -> insight.getMessage().getText())
        .containsExactly("second", "first");
  }

  @Test
  void namesAMessageWithoutIdByItsPlace() {
    river.send(river.topics.messages(), KEY, Records.message("", "fine"), 1_000);

    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 2_000);

    assertThat(river.insights()).extracting(Insight::getMessageId).containsExactly("messages-0-0");
  }

  @Test
  void carriesANullKeyAlong() {
    river.send(river.topics.messages(), null, Records.message("a", "fine"), 1_000);

    river.send(river.topics.sentimentScores(), null, Records.score(0, 0.8, 0.1), 2_000);

    assertThat(river.out(river.topics.insights()))
        .singleElement()
        .satisfies(record -> assertThat(record.key()).isNull());
  }

  @Test
  void leavesAnUndecodableMessageToTheTokenizer() {
    river.raw("messages", KEY, "not avro".getBytes(UTF_8), 1_000);
    river.raw("messages", KEY, null, 1_001);
    river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_002);

    river.send(river.topics.sentimentScores(), KEY, Records.score(2, 0.8, 0.1), 2_000);

    assertThat(river.insights()).hasSize(1);
    assertThat(river.deadLetters()).isEmpty();
    assertThat(river.count("headwater.records.skipped", "cause", "NOT_AVRO")).isEqualTo(1);
    assertThat(river.count("headwater.records.skipped", "cause", "NULL_VALUE")).isEqualTo(1);
  }

  @Test
  void putsAnUndecodableScoreIntoTheDeadLettersWithItsBytesAndScoresItsNeighbours() {
    byte[] rubbish = {1, 2, 3, (byte) 0xff};
    river.send(river.topics.messages(), KEY, Records.message("a", "fine"), 1_000);
    river.send(river.topics.messages(), KEY, Records.message("b", "fine"), 1_001);
    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 2_000);

    var broken = new TestRecord<>(KEY, rubbish, Instant.ofEpochMilli(2_001));
    broken.headers().add("trace", new byte[] {9});
    river.input("scores.sentiment").pipeInput(broken);
    river.send(river.topics.sentimentScores(), KEY, Records.score(1, 0.8, 0.1), 2_002);

    assertThat(river.insights()).hasSize(2);
    assertThat(river.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getStage()).isEqualTo("aggregator");
              assertThat(letter.getCause()).isEqualTo("NOT_AVRO");
              assertThat(letter.getTopic()).isEqualTo("scores.sentiment");
              assertThat(letter.getPartition()).isZero();
              assertThat(letter.getOffset()).isEqualTo(1);
              assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(2_001));
              assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
              assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(rubbish));
              assertThat(letter.getHeaders())
                  .singleElement()
                  .satisfies(header -> assertThat(header.getKey()).isEqualTo("trace"));
            });
  }

  @Test
  void saysWhyEachKindOfBadResultIsRefused() {
    byte[] unknownSchema = {0, 0, 0, 0x7f, 0x7f, 1};
    byte[] good = river.bytes(river.topics.sentimentScores(), Records.score(0, 0.8, 0.1));
    byte[] cutShort = java.util.Arrays.copyOf(good, good.length - 3);
    byte[] otherRecord = river.bytes(river.topics.messages(), Records.message("a", "b"));

    river.raw("scores.sentiment", KEY, null, 1);
    river.raw("scores.sentiment", KEY, unknownSchema, 2);
    river.raw("scores.sentiment", KEY, cutShort, 3);
    river.raw("scores.sentiment", KEY, otherRecord, 4);
    river.raw("scores.translation", null, new byte[0], 5);

    assertThat(river.deadLetters())
        .extracting(DeadLetter::getCause)
        .containsExactly(
            "NULL_VALUE", "UNKNOWN_SCHEMA", "MALFORMED", "INCOMPATIBLE_SCHEMA", "NOT_AVRO");
    assertThat(river.count("headwater.dead.letters", "cause", "MALFORMED")).isEqualTo(1);
  }

  @Test
  void refusesAnInsightLargerThanTheTopicTakes() {
    TopologyOptions small =
        new TopologyOptions(
            Duration.ofHours(1), River.OPTIONS.eventTime(), River.OPTIONS.windows(), 20_000);
    river.close();
    river = River.with(small);
    river.send(river.topics.messages(), KEY, Records.message("a", "x".repeat(19_500)), 1_000);

    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 2_000);

    assertThat(river.insights()).isEmpty();
    assertThat(river.deadLetters())
        .extracting(DeadLetter::getCause)
        .containsExactly("RESULT_TOO_LARGE");
    assertThat(river.pending()).isZero();
  }

  @Test
  void writesALetterWithoutTheRecordWhenTheLetterWouldNotFit() {
    TopologyOptions small =
        new TopologyOptions(
            Duration.ofHours(1), River.OPTIONS.eventTime(), River.OPTIONS.windows(), 20_000);
    river.close();
    river = River.with(small);

    river.raw("scores.sentiment", KEY, new byte[2_000_000], 2_000);

    assertThat(river.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getValue()).isNull();
              assertThat(letter.getDetail()).contains("too large for a letter");
              assertThat(letter.getOffset()).isZero();
            });
  }

  @Test
  void takesARecordWithoutTimestampForAsOldAsTheNewestOfItsPartition() {
    var extractor = new RecordTimestamps();
    var record =
        new org.apache.kafka.clients.consumer.ConsumerRecord<Object, Object>(
            "messages",
            0,
            0,
            -1,
            org.apache.kafka.common.record.TimestampType.CREATE_TIME,
            0,
            0,
            "",
            "",
            new org.apache.kafka.common.header.internals.RecordHeaders(),
            java.util.Optional.empty());

    assertThat(extractor.extract(record, 7_000)).isEqualTo(7_000);
    assertThat(extractor.extract(record, -1)).isZero();
  }
}
