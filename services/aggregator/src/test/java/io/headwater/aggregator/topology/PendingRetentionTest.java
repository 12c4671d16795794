package io.headwater.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.Insight;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.TooManyDeadLettersException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of a message whose result has not come, and for how long. */
class PendingRetentionTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final List<String> CHAIN = List.of("translation", "sentiment");
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MONTH = Duration.ofDays(30).toMillis();

  private River river = River.flowing();

  @AfterEach
  void close() {
    river.close();
  }

  @Test
  void dropsAMessageThatALaterOneHasOvertakenWhenTheRetentionIsOver() {
    message("dead-lettered", 1_000);
    message("scored", 2_000);
    score(1, 3_000);
    assertThat(river.pending()).isEqualTo(1);

    message("much later", HOUR + 2_000);

    assertThat(river.count("headwater.pending.expired")).isEqualTo(1);
    assertThat(river.pending()).isEqualTo(1);
  }

  @Test
  void keepsAMessageThatWasOvertakenUntilThenForAReplayOfItsDeadLetter() {
    message("dead-lettered", 1_000);
    message("scored", 2_000);
    score(1, 3_000);
    message("a little later", HOUR / 2);

    score(0, HOUR / 2);

    assertThat(river.insights())
        .extracting(Insight::getMessageId)
        .containsExactly("scored", "dead-lettered");
  }

  @Test
  void aBacklogOlderThanTheRetentionLosesNothingHoweverFarMessagesRunAhead() {
    message("first", 1_000);
    score(0, 1_000);
    for (int day = 1; day <= 30; day++) {
      message("day-" + day, day * MONTH / 30);
    }
    assertThat(river.pending()).isEqualTo(30);

    for (int day = 1; day <= 30; day++) {
      score(day, day * MONTH / 30);
    }

    assertThat(river.insights()).hasSize(31);
    assertThat(river.count("headwater.pending.expired")).isZero();
    assertThat(river.pending()).isZero();
  }

  @Test
  void aMessageFromTheFarFutureCostsNoOtherItsResult() {
    message("today", 1_000);
    message("far future", Instant.parse("2999-01-01T00:00:00Z").toEpochMilli());
    message("today too", 3_000);

    score(0, 1_000);
    score(1, 2_000);
    score(2, 3_000);

    assertThat(river.insights())
        .extracting(Insight::getMessageId)
        .containsExactly("today", "far future", "today too");
  }

  @Test
  void aResultThatNamesAnOffsetFarAheadMakesNobodyElseWaitInVain() {
    message("waits", 1_000);
    score(1_000_000_000, 2_000);
    message("later", MONTH);
    message("later still", 2 * MONTH);

    score(0, 2 * MONTH);

    assertThat(river.insights()).extracting(Insight::getMessageId).containsExactly("waits");
  }

  @Test
  void aResultWhoseMessageWasNeverThereIsDropped() {
    score(0, 1_000);
    river.raw("messages", KEY, new byte[] {9}, 1_000);
    message("readable", 2_000);
    assertThat(river.pending()).isEqualTo(2);

    message("later", HOUR + 5_000);

    assertThat(river.count("headwater.pending.expired")).isEqualTo(1);
  }

  @Test
  void resultsThatAreNoneStopTheReadingBeforeTheyFillTheDeadLetters() {
    river.close();
    river = River.with(new BreakerOptions(10, 0.5, Duration.ofMinutes(1)));
    for (int i = 0; i < 4; i++) {
      river.raw("scores.sentiment", KEY, new byte[] {9}, 1_000);
    }

    assertThatThrownBy(() -> river.raw("scores.sentiment", KEY, new byte[] {9}, 1_000))
        .hasRootCauseInstanceOf(TooManyDeadLettersException.class);

    assertThat(river.deadLetters()).hasSize(4);
  }

  @Test
  void aMessageWhoseTranslationIsADeadLetterWaitsInVainOnceALaterTranslationHasCome() {
    message("never translated", 1_000);
    message("done", 2_000);
    translation(1, 3_000);
    message("much later", 2 * HOUR);
    message("much later still", 4 * HOUR);
    // Sentiment comes after translation: without the one, the other cannot be on its way.
    assertThat(river.count("headwater.pending.expired")).isEqualTo(1);

    sentimentAfterTranslation(1, 4 * HOUR);

    assertThat(river.insights()).extracting(Insight::getMessageId).containsExactly("done");
  }

  @Test
  void aTranslationWhoseSentimentIsADeadLetterWaitsInVainOnceALaterSentimentHasCome() {
    message("never scored", 1_000);
    message("done", 2_000);
    translation(0, 3_000);
    translation(1, 3_000);
    message("later", 2 * HOUR);
    assertThat(river.count("headwater.pending.expired")).isZero();

    sentimentAfterTranslation(1, 2 * HOUR);
    message("later still", 4 * HOUR);

    assertThat(river.insights()).extracting(Insight::getMessageId).containsExactly("done");
    assertThat(river.count("headwater.pending.expired")).isEqualTo(1);
  }

  @Test
  void translationsThatRunFarAheadOfSentimentCostNobodyAnything() {
    for (int day = 0; day <= 30; day++) {
      message("day-" + day, day * MONTH / 30);
    }
    for (int day = 0; day <= 30; day++) {
      translation(day, day * MONTH / 30);
    }
    assertThat(river.pending()).isEqualTo(31);

    for (int day = 0; day <= 30; day++) {
      sentimentAfterTranslation(day, day * MONTH / 30);
    }

    assertThat(river.insights()).hasSize(31);
    assertThat(river.count("headwater.pending.expired")).isZero();
  }

  private void translation(long offset, long timestamp) {
    river.send(river.topics.translations(), KEY, Records.translation(offset, CHAIN), timestamp);
  }

  private void sentimentAfterTranslation(long offset, long timestamp) {
    river.send(
        river.topics.sentimentScores(), KEY, Records.score(offset, 0.8, 0.1, CHAIN), timestamp);
  }

  private void message(String id, long timestamp) {
    river.send(river.topics.messages(), KEY, Records.message(id, "a text"), timestamp);
  }

  private void score(long offset, long timestamp) {
    river.send(river.topics.sentimentScores(), KEY, Records.score(offset, 0.8, 0.1), timestamp);
  }
}
