package io.headwater.load.river.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long TENTH = 100_000_000;

  @Test
  void unitsOfWorkAreNotCutInTwo() {
    // Given 100 results every five seconds, which take 0.3 s to come.
    Timeline timeline = new Timeline();
    for (int look = 0; look < 180; look++) {
      boolean comes = look % 50 >= 20 && look % 50 < 23;
      timeline.add(look * TENTH, comes ? seen(33) : List.of(), cost(look));
    }

    Steady steady = timeline.steady();

    assertThat(timeline.bursts()).isEqualTo(4);
    assertThat(steady.seconds()).isCloseTo(15, within(1e-9));
    assertThat(steady.results()).hasSize(3 * 3 * 33);
    assertThat(steady.cost()).containsEntry("scorer", 15.0);
  }

  @Test
  void aBurstThatIsNotOverDoesNotCount() {
    Timeline timeline = new Timeline();
    for (int look = 0; look < 122; look++) {
      boolean comes = look % 50 >= 20 && look % 50 < 23;
      timeline.add(look * TENTH, comes ? seen(10) : List.of(), cost(look));
    }

    assertThat(timeline.bursts()).isEqualTo(2);
  }

  @Test
  void resultsWithoutSilencesAreTakenAsTheyCome() {
    Timeline timeline = new Timeline();
    for (int look = 0; look <= 100; look++) {
      timeline.add(look * TENTH, seen(2), cost(look));
    }

    Steady steady = timeline.steady();

    assertThat(timeline.isEven()).isTrue();
    assertThat(steady.messagesPerSecond()).isCloseTo(20, within(1e-9));
    assertThat(steady.cpuSecondsPerThousand()).isCloseTo(50, within(1e-6));
  }

  @Test
  void nothingIsNoRate() {
    Timeline timeline = new Timeline();
    timeline.add(0, List.of(), Map.of());

    assertThatThrownBy(timeline::steady).hasMessageContaining("Too few results");
  }

  private static Map<String, Double> cost(int look) {
    return Map.of("scorer", look / 10.0);
  }

  private static List<Seen> seen(int count) {
    return LongStream.range(0, count).mapToObj(number -> new Seen(number, "neutral")).toList();
  }
}
