package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayProgressTest {
  @Test
  void tellsRateAndTimeLeft() {
    ReplayProgress progress = new ReplayProgress(12_000, 0, at(0));

    progress.at(at(10), 2_000);

    assertThat(progress.line(3))
        .isEqualTo("2,000 of 12,000 (16.7 %), 200 messages/s, 50 s left, dead letters: 3");
  }

  @Test
  void whatAnEarlierRunHasDoneIsNoSpeed() {
    ReplayProgress progress = new ReplayProgress(10_000, 9_000, at(0));

    progress.at(at(10), 9_100);

    assertThat(progress.rate()).isEqualTo(10);
    assertThat(progress.left()).hasValue(Duration.ofSeconds(90));
  }

  @Test
  void theRateIsThatOfTheLastHalfMinute() {
    ReplayProgress progress = new ReplayProgress(1_000_000, 0, at(0));
    for (int second = 1; second <= 100; second++) {
      progress.at(at(second), second * 1_000L);
    }
    for (int second = 101; second <= 140; second++) {
      progress.at(at(second), 100_000 + (second - 100) * 10L);
    }

    assertThat(progress.rate()).isEqualTo(10);
  }

  @Test
  void whileNothingMovesTheTimeLeftIsUnknown() {
    ReplayProgress progress = new ReplayProgress(100, 0, at(0));

    progress.at(at(60), 0);

    assertThat(progress.left()).isEmpty();
    assertThat(progress.line(0)).contains("0 of 100 (0.0 %)").contains("? left");
  }

  @ParameterizedTest
  @CsvSource({"0,0 s", "59,59 s", "61,1 min 1 s", "7500,2 h 5 min", "100000,1 d 3 h"})
  void durationsAreInTwoUnits(long seconds, String words) {
    assertThat(ReplayProgress.words(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  private static long at(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
