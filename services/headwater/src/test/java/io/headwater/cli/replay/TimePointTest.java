package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePointTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-01T00:00Z,2026-11-01T00:00:00Z",
    "2026-11-01,2026-11-01T00:00:00Z",
    "2026-11-01T02:00+02:00,2026-11-01T00:00:00Z",
    "1793491200000,2026-11-01T00:00:00Z",
    "now,latest",
    "latest,latest",
    "earliest,earliest"
  })
  void oneTimeIsWrittenInOneWay(String given, String written) {
    assertThat(TimePoint.parse(given).text()).isEqualTo(written);
  }

  @Test
  void onlyTheEndsOfTheTopicHaveNoTime() {
    assertThat(TimePoint.parse("now")).isEqualTo(TimePoint.LATEST);
    assertThat(TimePoint.parse("2026-11-01").time()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-11-01T00:00", "2026-13-01", "-5"})
  void anythingElseIsAFaultThatSaysWhatIsMeant(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePoint.parse(given))
        .withMessageContaining("2026-01-31T12:00Z");
  }
}
