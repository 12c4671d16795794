package io.headwater.aggregator.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.aggregator.window.WindowSize;
import io.headwater.avro.LabelCount;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final byte[] KEY = "k".getBytes(UTF_8);
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private final River river = River.flowing();
  private long offset;

  @AfterEach
  void dry() {
    river.close();
  }

  private void scored(Message message, long timestamp, double positive, double negative) {
    river.send(river.topics.messages(), KEY, message, timestamp);
    river.send(
        river.topics.sentimentScores(),
        KEY,
        Records.score(offset++, positive, negative),
        timestamp);
  }

  private static Message message() {
    return Records.message("m", "some words");
  }

  private static <T> T last(List<T> items) {
    return items.get(items.size() - 1);
  }

  @Test
  void aSourceOfAMegabyteIsCountedUnderItsStart() {
    Message message = message();
    message.setSource("s".repeat(500_000));

    scored(message, NOON + 100, 0.8, 0.1);

    assertThat(river.insights().get(0).getMessage().getSource()).hasSize(500_000);
    var windows = river.out(river.topics.sentimentWindows());
    assertThat(windows).hasSize(3);
    assertThat(windows).allSatisfy(record -> assertThat(record.key()).hasSizeLessThan(300));
    assertThat(river.decoded(river.topics.sentimentWindows(), windows.get(0).value()).getSource())
        .isEqualTo("s".repeat(200));
  }

  @Test
  void countsLabelsAndMeanPolarityInEverySize() {
    scored(message(), NOON + 100, 0.8, 0.1);
    scored(message(), NOON + 200, 0.1, 0.8);
    scored(message(), NOON + 300, 0.7, 0.0);

    List<SentimentWindow> all =
        river.out(river.topics.sentimentWindows()).stream()
            .map(record -> river.decoded(river.topics.sentimentWindows(), record.value()))
            .toList();
    assertThat(all).hasSize(9);
    for (WindowSize size : WindowSize.values()) {
      SentimentWindow window =
          last(all.stream().filter(w -> w.getWindowSizeMs() == size.millis()).toList());
      assertThat(window.getSource()).isEqualTo("reviews");
      assertThat(window.getLanguage()).isEqualTo("en");
      assertThat(window.getWindowStart()).isEqualTo(Instant.ofEpochMilli(NOON));
      assertThat(window.getCount()).isEqualTo(3);
      assertThat(window.getLabels())
          .containsExactly(new LabelCount("negative", 1L), new LabelCount("positive", 2L));
      assertThat(window.getMeanPolarity()).isCloseTo(0.7 / 3, within(1e-6));
    }
  }

  @Test
  void keysWindowsBySourceAndLanguage() {
    Message message = message();
    message.setSource("a/b");

    scored(message, NOON, 0.8, 0.1);

    assertThat(river.out(river.topics.sentimentWindows()))
        .allSatisfy(record -> assertThat(record.key()).isEqualTo("a/b/en".getBytes(UTF_8)));
  }

  @Test
  void countsAMessageWhenItWasSentNotWhenItArrived() {
    scored(Records.sentAt(message(), NOON - 2_500), NOON, 0.8, 0.1);

    assertThat(river.windows(WindowSize.SECOND))
        .extracting(SentimentWindow::getWindowStart)
        .containsExactly(Instant.ofEpochMilli(NOON - 3_000));
  }

  @Test
  void countsALateMessageWithinTheGraceAndNotAfterIt() {
    scored(Records.sentAt(message(), NOON), NOON, 0.8, 0.1);
    scored(Records.sentAt(message(), NOON + 10_999), NOON + 10_999, 0.8, 0.1);
    scored(Records.sentAt(message(), NOON + 500), NOON + 10_999, 0.1, 0.8);
    assertThat(last(river.windows(WindowSize.SECOND)).getCount()).isEqualTo(2);

    scored(Records.sentAt(message(), NOON + 11_000), NOON + 11_000, 0.8, 0.1);
    scored(Records.sentAt(message(), NOON + 500), NOON + 11_000, 0.1, 0.8);

    assertThat(river.windows(WindowSize.SECOND))
        .extracting(SentimentWindow::getWindowStart)
        .containsExactly(Instant.ofEpochMilli(NOON + 11_000));
    assertThat(river.count("headwater.windows.late", "size", "1s")).isEqualTo(1);
    assertThat(river.count("headwater.windows.late", "size", "1m")).isZero();
  }

  @Test
  void doesNotLetAClockThatIsFarAheadMakeOthersLate() {
    long ahead = Duration.ofDays(365).toMillis();
    scored(Records.sentAt(message(), NOON + ahead), NOON, 0.8, 0.1);

    scored(Records.sentAt(message(), NOON), NOON, 0.8, 0.1);

    assertThat(last(river.windows(WindowSize.SECOND)).getCount()).isEqualTo(2);
    assertThat(river.count("headwater.windows.late", "size", "1s")).isZero();
  }

  @Test
  void livesThroughTimesThatNobodyCanMean() {
    scored(Records.sentAt(message(), Long.MIN_VALUE / 2), NOON, 0.8, 0.1);

    scored(Records.sentAt(message(), Long.MAX_VALUE), NOON, 0.8, 0.1);

    assertThat(last(river.windows(WindowSize.SECOND)).getCount()).isEqualTo(2);
    assertThat(river.insights()).hasSize(2);
  }

  @Test
  void givesPolarityZeroToLabelsItDoesNotKnow() {
    river.send(river.topics.messages(), KEY, message(), NOON);
    SentimentScore stars = Records.score(0, 0.8, 0.1);
    stars.setLabel("5 stars");
    stars.setProbabilities(List.of(new io.headwater.avro.LabelProbability("5 stars", 1f)));

    river.send(river.topics.sentimentScores(), KEY, stars, NOON);

    assertThat(last(river.windows(WindowSize.HOUR)).getMeanPolarity()).isZero();
  }

  @Test
  void keepsWindowsNoLongerThanTheirRetention() {
    scored(message(), NOON, 0.8, 0.1);
    scored(message(), NOON + Duration.ofHours(2).toMillis(), 0.8, 0.1);

    var store = river.driver.getWindowStore(WindowStores.name(WindowSize.SECOND));

    try (var windows = store.fetchAll(0, Long.MAX_VALUE)) {
      assertThat(windows)
          .toIterable()
          .extracting(entry -> entry.key.window().start())
          .containsExactly(NOON + Duration.ofHours(2).toMillis());
    }
  }
}
