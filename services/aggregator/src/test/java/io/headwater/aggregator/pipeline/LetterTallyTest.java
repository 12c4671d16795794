package io.headwater.aggregator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.schemas.hostile.HealthyRecords;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LetterTallyTest {
  private final HandClock clock = new HandClock();
  private final LetterTally tally = new LetterTally(clock);

  private static DeadLetter letter(String stage, String cause, String detail) {
    DeadLetter letter = HealthyRecords.letter();
    letter.setStage(stage);
    letter.setCause(cause);
    letter.setDetail(detail);
    return letter;
  }

  @Test
  void countsTheLettersOfTheLastHourByStageAndCause() {
    tally.count(letter("tokenizer", "INVALID_UTF8", "first"), 0, true);
    clock.forward(Duration.ofMinutes(30));
    tally.count(letter("tokenizer", "INVALID_UTF8", "second"), 0, true);
    tally.count(letter("scorer", "MODEL_FAILURE", "third"), 0, true);

    LetterTally.Report all = tally.report();
    assertThat(all.lastHour()).isEqualTo(3);
    assertThat(all.byCause().get(0))
        .isEqualTo(
            new LetterTally.ByCause(
                "tokenizer", "INVALID_UTF8", 2, "2026-03-01T12:30:00Z", "second"));

    clock.forward(Duration.ofMinutes(31));
    assertThat(tally.report().lastHour()).isEqualTo(2);
    clock.forward(Duration.ofHours(3));
    assertThat(tally.report().lastHour()).isZero();
    assertThat(tally.report().total()).isEqualTo(3);
  }

  @Test
  void countsOfWhatItReadsBackOnlyTheLastHour() {
    long now = clock.millis();

    tally.count(letter("scorer", "MALFORMED", "old"), now - Duration.ofHours(2).toMillis(), false);
    tally.count(letter("scorer", "MALFORMED", "of no time"), -1, false);
    tally.count(letter("scorer", "MALFORMED", "late"), now - 1_000, false);
    tally.count(letter("scorer", "MALFORMED", "ahead"), Long.MAX_VALUE, false);

    assertThat(tally.report().lastHour()).isEqualTo(2);
    assertThat(tally.report().total()).isZero();
  }

  @Test
  void aFloodOfWordsIsCountedTogetherAndALongDetailIsCut() {
    for (int i = 0; i < 500; i++) {
      tally.count(letter("stage-" + i, "x".repeat(1_000), "y".repeat(10_000)), 0, true);
    }

    LetterTally.Report report = tally.report();
    assertThat(report.lastHour()).isEqualTo(500);
    assertThat(report.byCause()).hasSize(101);
    assertThat(report.byCause().get(0).stage()).isEqualTo("other");
    assertThat(report.byCause().get(1).latestDetail()).hasSize(201);
  }
}
