package io.headwater.load.river.openloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyBookTest {
  private static final long MILLI = 1_000_000;

  /** A river that stands still for a second holds its sender up for as long. */
  @Test
  void whoWasHeldUpCountsFromWhenItWasDue() {
    LatencyBook book = new LatencyBook(100, 0);

    for (int number = 0; number < 100; number++) {
      long due = 10L * number * MILLI;
      // The first message blocks its sender for a second: those due meanwhile go out after it.
      long sent = number == 0 ? 0 : Math.max(due, 1_000 * MILLI);
      book.sent(number, due, sent);
      book.back(number, number == 0 ? 1_000 * MILLI : sent + MILLI);
    }

    assertThat(book.fromSent().getValueAtPercentile(90) / 1e3).isCloseTo(1, within(0.1));
    assertThat(book.fromDue().getValueAtPercentile(90) / 1e3).isCloseTo(891, within(15.0));
    assertThat(book.fromDue().getValueAtPercentile(50) / 1e3).isCloseTo(501, within(15.0));
  }

  @Test
  void theWarmUpIsNotCounted() {
    LatencyBook book = new LatencyBook(3, 2);

    for (int number = 0; number < 3; number++) {
      book.sent(number, 0, 0);
      book.back(number, number < 2 ? 5_000 * MILLI : 10 * MILLI);
    }

    assertThat(book.fromDue().getTotalCount()).isEqualTo(1);
    assertThat(book.fromDue().getMaxValue() / 1e3).isCloseTo(10, within(0.1));
    assertThat(book.millis(0)).isEqualTo(5_000);
  }

  @Test
  void whatIsMissingAndWhatCameTwiceIsTold() {
    LatencyBook book = new LatencyBook(3, 0);
    book.sent(0, 0, 0);
    book.sent(1, 0, 0);
    book.sent(2, 0, 0);

    book.back(1, MILLI);
    book.back(1, 900 * MILLI);

    assertThat(book.arrived()).isEqualTo(1);
    assertThat(book.lost()).isEqualTo(2);
    assertThat(book.repeated()).isEqualTo(1);
    assertThat(book.fromDue().getTotalCount()).isEqualTo(1);
  }
}
