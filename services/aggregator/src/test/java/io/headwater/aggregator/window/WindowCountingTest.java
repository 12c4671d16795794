package io.headwater.aggregator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.aggregator.avro.WindowSample;
import io.headwater.aggregator.avro.WindowTally;
import io.headwater.aggregator.topology.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowCountingTest {
  private static WindowTally counted(List<WindowSample> samples) {
    WindowTally tally = WindowCounting.nothing();
    for (WindowSample sample : samples) {
      tally = WindowCounting.add(tally, sample);
    }
    return tally;
  }

  @Property(tries = 100)
  void givesTheSameTotalsInAnyOrder(
      @ForAll @Size(max = 30) List<@DoubleRange(min = 0, max = 0.5) Double> chances,
      @ForAll long seed) {
    List<WindowSample> samples = new ArrayList<>();
    for (double chance : chances) {
      samples.add(WindowCounting.sample(Records.score(1, chance, chance / 3)));
    }
    List<WindowSample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(counted(shuffled)).isEqualTo(counted(samples));
    assertThat(WindowCounting.meanPolarity(counted(samples))).isBetween(-1.0, 1.0);
  }

  @Test
  void tellsNoMoreLabelsApartThanAnyModelHas() {
    WindowTally tally = WindowCounting.nothing();
    for (int i = 0; i < 2_000; i++) {
      tally = WindowCounting.add(tally, new WindowSample("label-" + i, 0L));
    }

    assertThat(tally.getCount()).isEqualTo(2_000);
    assertThat(tally.getLabels()).hasSize(501);
    assertThat(tally.getLabels().stream().mapToLong(item -> item.getCount()).sum())
        .isEqualTo(2_000);
  }

  @Test
  void measuresPolarityFromMinusOneToOne() {
    assertThat(WindowCounting.polarity(Records.score(1, 1, 0))).isEqualTo(1);
    assertThat(WindowCounting.polarity(Records.score(1, 0, 1))).isEqualTo(-1);
    assertThat(WindowCounting.polarity(Records.score(1, 0.5, 0.2))).isCloseTo(0.3, within(1e-6));
    assertThat(WindowCounting.polarity(Records.skipped(1, "no model"))).isZero();
  }

  @Test
  void cutsTimeIntoWindowsThatBeginAtWholeMultiples() {
    assertThat(WindowSize.SECOND.startOf(1_999)).isEqualTo(1_000);
    assertThat(WindowSize.HOUR.startOf(3_600_000)).isEqualTo(3_600_000);
    assertThat(WindowSize.labelled("1m")).contains(WindowSize.MINUTE);
    assertThat(WindowSize.labelled("2m")).isEmpty();
  }

  @Test
  void believesProducersWithinReason() {
    EventTime time = new EventTime(Duration.ofMinutes(5));
    long noon = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    assertThat(time.of(Optional.empty(), noon)).isEqualTo(noon);
    assertThat(time.of(Optional.of(Instant.ofEpochMilli(noon - 86_400_000)), noon))
        .isEqualTo(noon - 86_400_000);
    assertThat(time.of(Optional.of(Instant.ofEpochMilli(noon + 300_000)), noon))
        .isEqualTo(noon + 300_000);
    assertThat(time.of(Optional.of(Instant.ofEpochMilli(noon + 300_001)), noon)).isEqualTo(noon);
    assertThat(time.of(Optional.of(Instant.ofEpochMilli(-1)), noon)).isEqualTo(noon);
  }
}
