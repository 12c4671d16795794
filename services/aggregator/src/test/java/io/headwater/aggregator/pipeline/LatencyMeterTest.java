package io.headwater.aggregator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyMeterTest {
  private final HandClock clock = new HandClock();
  private final LatencyMeter meter = new LatencyMeter(clock);

  private void count(Message message, InsightPlace place) {
    meter.count(
        new Insight(
            "a", Records.origin(1), message, "en", Records.score(1, 0.8, 0.1), null, List.of()),
        place);
  }

  private static InsightPlace place(
      long timestamp, Optional<TaskSteps> translation, TaskSteps sentiment, long joinedAt) {
    return new InsightPlace(
        timestamp, 0, 0, new InsightPath(translation, Optional.of(sentiment), joinedAt));
  }

  private static Message message() {
    return Records.message("a", "text");
  }

  private List<StageLatency> endToEnd() {
    return meter.lastMinute().stream().filter(each -> each.stage().equals("end-to-end")).toList();
  }

  @Test
  void tellsBothHopsOfATranslatedMessageApart() {
    count(
        message(),
        place(
            10_000,
            Optional.of(new TaskSteps(10_010, 1, 10_110, 1)),
            new TaskSteps(10_113, 1, 10_143, 1),
            10_193));

    assertThat(meter.lastMinute())
        .extracting(StageLatency::stage, StageLatency::task, StageLatency::p50Ms)
        .containsExactly(
            tuple("tokenizer", "translation", 10L),
            tuple("scorer", "translation", 100L),
            tuple("tokenizer", "sentiment", 3L),
            tuple("scorer", "sentiment", 30L),
            tuple("aggregator", null, 50L),
            tuple("end-to-end", null, 193L));
  }

  @Test
  void forgetsWhatIsOlderThanAMinute() {
    count(message(), place(0, Optional.empty(), new TaskSteps(1, 1, 2, 1), 3));
    clock.forward(Duration.ofSeconds(30));
    count(message(), place(0, Optional.empty(), new TaskSteps(1, 1, 2, 1), 3));
    assertThat(endToEnd()).singleElement().returns(2L, StageLatency::count);

    clock.forward(Duration.ofSeconds(35));
    assertThat(endToEnd()).singleElement().returns(1L, StageLatency::count);

    clock.forward(Duration.ofMinutes(5));
    assertThat(meter.lastMinute()).isEmpty();
  }

  @Test
  void believesATimeOfSendingOnlyShortlyBeforeTheRecord() {
    TaskSteps steps = new TaskSteps(1_000_000, 1, 1_000_000, 1);
    for (Instant sentAt :
        List.of(
            Instant.ofEpochMilli(1_000_000).minusSeconds(3_600),
            Instant.ofEpochMilli(1_000_000).plusSeconds(60),
            Instant.MIN,
            Instant.MAX)) {
      Message message = message();
      message.setSentAt(sentAt);
      count(message, place(1_000_000, Optional.empty(), steps, 1_000_100));
    }
    assertThat(endToEnd()).singleElement().returns(100L, StageLatency::p99Ms);

    Message message = Records.sentAt(message(), 999_000);
    count(message, place(1_000_000, Optional.empty(), steps, 1_000_100));

    // Two digits are kept.
    assertThat(endToEnd().get(0).p99Ms()).isBetween(1_100L, 1_110L);
  }

  @Test
  void aClockThatIsBehindTakesNoTimeAndAMessageOfAnyAgeADayAtMost() {
    count(message(), place(9_000, Optional.empty(), new TaskSteps(8_000, 1, 7_000, 1), 6_000));
    assertThat(meter.lastMinute()).allMatch(stage -> stage.p99Ms() == 0);

    long now = 1_764_349_200_000L;
    count(message(), place(1, Optional.empty(), new TaskSteps(now, 1, now, 1), now));
    assertThat(endToEnd().get(0).p99Ms())
        .isCloseTo(
            Duration.ofDays(1).toMillis(), org.assertj.core.data.Percentage.withPercentage(1));
  }

  @Test
  void countsWhatIsKnownOfARecordWithoutAllHeaders() {
    count(message(), place(-1, Optional.empty(), new TaskSteps(-1, -1, 2_000, 1), 2_500));
    count(message(), new InsightPlace(1_000, 0, 0, InsightPath.UNKNOWN));

    assertThat(meter.lastMinute())
        .extracting(StageLatency::stage, StageLatency::p50Ms)
        // Two digits are kept.
        .containsExactly(tuple("aggregator", 501L));
  }
}
