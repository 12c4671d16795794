package io.headwater.load.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.Seen;
import io.headwater.load.river.pipeline.Steady;
import io.headwater.load.river.pipeline.Stretch;
import io.headwater.load.river.report.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakSectionTest {
  private static final long MIB = 1024 * 1024;

  /** 100 tokens a second, a hundredth of a processor second for each. */
  private static final BoundResult ALONE =
      new BoundResult(10, 1_000, 1_000, 10, 10, 0, 100 * MIB, List.of());

  @Test
  void whatSettledIsJudgedByTheLastThird() {
    SoakSection section = section(stretch(50, 20), stretch(60, 15), stretch(90, 12.5));
    Report report = new Report();

    section.write(report);

    assertThat(section.outsideShare(section.third(2))).isCloseTo(1 - 9.0 / 12.5, within(1e-9));
    assertThat(report.plain()).containsPattern("settled throughput / bound +>= 0.85 +0.9 +kept");
  }

  @Test
  void memoryCountsAtItsWorstAndGrowthByThirds() {
    SoakSection section =
        new SoakSection(
            ALONE,
            ALONE,
            IntStream.of(900, 300, 310, 320, 330, 340).mapToObj(SoakSectionTest::holding).toList());

    assertThat(section.mostBesideModel()).isCloseTo(800, within(1e-9));
    assertThat(section.growth()).isCloseTo(20, within(1e-9));
  }

  @Test
  void everyStretchIsInOneThird() {
    for (int size = 3; size < 12; size++) {
      SoakSection section =
          new SoakSection(ALONE, ALONE, Collections.nCopies(size, stretch(50, 20)));

      List<Stretch> all = new ArrayList<>();
      IntStream.range(0, 3).forEach(number -> all.addAll(section.third(number)));

      assertThat(all).hasSize(size);
    }
  }

  @Test
  void theSettledRateIsThatOfTheLastThirdAsAWhole() {
    List<Stretch> stretches = List.of(results(10, 900), results(10, 900), results(10, 30));

    assertThat(SoakSection.settledRate(stretches)).isCloseTo(3, within(1e-9));
    assertThat(
            SoakSection.settledRate(
                List.of(
                    results(1, 9),
                    results(1, 9),
                    results(1, 9),
                    results(1, 9),
                    results(10, 30),
                    results(30, 10))))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void twoStretchesAreTooFew() {
    assertThatThrownBy(() -> section(stretch(50, 20), stretch(50, 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("three stretches");
  }

  private static SoakSection section(Stretch... stretches) {
    return new SoakSection(ALONE, ALONE, List.of(stretches));
  }

  private static Stretch stretch(int tokensPerSecond, double cpu) {
    Steady steady = new Steady(10, List.of(new Seen(1, "neutral")), Map.of("scorer", cpu));
    return new Stretch(60, steady, 10L * tokensPerSecond, Map.of("scorer", 300 * MIB));
  }

  private static Stretch results(int seconds, int count) {
    Steady steady =
        new Steady(
            seconds, Collections.nCopies(count, new Seen(1, "neutral")), Map.of("scorer", 1.0));
    return new Stretch(60, steady, 1_000, Map.of());
  }

  private static Stretch holding(int mib) {
    Steady steady = new Steady(10, List.of(new Seen(1, "neutral")), Map.of("scorer", 1.0));
    return new Stretch(60, steady, 1_000, Map.of("scorer", mib * MIB));
  }
}
