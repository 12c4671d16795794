package io.headwater.runtime.telemetry;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final double MILLIS_OF_A_DAY = 86_400_000;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Latency latency = new Latency(meters, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void countsTheTimeSinceTheProducerSentIt() {
    latency.sent(NOW.minusMillis(250));

    assertThat(since("sent").count()).isEqualTo(1);
    assertThat(since("sent").totalTime(MILLISECONDS)).isEqualTo(250);
    assertThat(since("append").count()).isZero();
  }

  @Test
  void countsTheTimeSinceTheRecordsTimestamp() {
    latency.appended(NOW.minusMillis(40).toEpochMilli());

    assertThat(since("append").totalTime(MILLISECONDS)).isEqualTo(40);
    assertThat(since("sent").count()).isZero();
  }

  @Test
  void aClockAheadOfOursCountsAsZero() {
    latency.sent(NOW.plusSeconds(3600));

    assertThat(since("sent").count()).isEqualTo(1);
    assertThat(since("sent").totalTime(MILLISECONDS)).isZero();
  }

  @Test
  void aRecordWithoutTimestampCountsAsADay() {
    latency.appended(-1);

    assertThat(since("append").totalTime(MILLISECONDS)).isEqualTo(MILLIS_OF_A_DAY);
  }

  @Property(tries = 300)
  void anyTimeThatAProducerCanNameIsCounted(@ForAll long millis) {
    SimpleMeterRegistry any = new SimpleMeterRegistry();
    Latency counting = new Latency(any, Clock.fixed(NOW, ZoneOffset.UTC));

    counting.sent(Instant.ofEpochMilli(millis));
    counting.appended(millis);

    assertThat(any.get("headwater.latency.since.sent").timer().max(MILLISECONDS))
        .isBetween(0.0, MILLIS_OF_A_DAY);
    assertThat(any.get("headwater.latency.since.append").timer().count()).isEqualTo(1);
  }

  private Timer since(String start) {
    return meters.get("headwater.latency.since." + start).timer();
  }
}
