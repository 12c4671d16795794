package io.headwater.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private static final Halving HALVING = new Halving(3, 0.5, 4);

  @Test
  void rungsAreAFactorApartAndTheLastIsAsFarAsItMustBe() {
    assertThat(HALVING.rungs()).containsExactly(0.5, 1.5, 4.0);
    assertThat(new Halving(2, 1, 8).rungs()).containsExactly(1.0, 2.0, 4.0, 8.0);
    assertThat(new Halving(3, 2, 2).rungs()).containsExactly(2.0);
    assertThat(new Halving(3, 0.1, 1).rungs().get(1)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void nobodyGoesOnBeforeAFactorOfThemIsThere() {
    assertThat(promoted(List.of(done(0, 0, 0.9), done(1, 0, 0.5)))).isEmpty();
    assertThat(promoted(List.of(done(0, 0, 0.9), done(1, 0, 0.5), done(2, 0, 0.7))))
        .containsExactly(0);
  }

  @Test
  void theBestThatHasNotGoneOnIsNext() {
    List<TrialRecord> records = new ArrayList<>();
    for (int trial = 0; trial < 6; trial++) {
      records.add(done(trial, 0, trial / 10.0));
    }
    records.add(done(5, 1, 0.1));

    assertThat(promoted(records)).containsExactly(4);
    records.add(done(4, 1, 0.2));
    assertThat(promoted(records)).isEmpty();
  }

  @Test
  void theHighestRungComesFirst() {
    List<TrialRecord> records = new ArrayList<>();
    for (int trial = 0; trial < 12; trial++) {
      records.add(done(trial, 0, trial / 20.0));
    }
    records.add(done(11, 1, 0.5));
    records.add(done(10, 1, 0.8));
    records.add(done(9, 1, 0.7));

    assertThat(promoted(records)).containsExactly(10);
    records.add(done(10, 2, 0.9));
    assertThat(promoted(records)).containsExactly(8);
  }

  @Test
  void aFailedTrialCountsAsOneOfThemAndNeverGoesOn() {
    assertThat(promoted(List.of(failed(0), failed(1), done(2, 0, 0.1)))).containsExactly(2);
    assertThat(promoted(List.of(failed(0), failed(1), failed(2)))).isEmpty();
    List<TrialRecord> records =
        List.of(failed(0), done(1, 0, 0.1), failed(2), failed(3), failed(4), failed(5));
    assertThat(promoted(records)).containsExactly(1);
  }

  @Test
  void ofEqualsTheFirstGoesOn() {
    assertThat(promoted(List.of(done(0, 0, 0.5), done(1, 0, 0.5), done(2, 0, 0.5))))
        .containsExactly(0);
  }

  private static List<Integer> promoted(List<TrialRecord> records) {
    return HALVING
        .promoted(
            records, record -> record.metrics().getOrDefault("score", Double.NEGATIVE_INFINITY))
        .map(TrialRecord::trial)
        .stream()
        .toList();
  }

  private static TrialRecord done(int trial, int rung, double score) {
    return new TrialRecord(
        trial,
        Map.of(),
        rung,
        1,
        1,
        TrialRecord.State.DONE,
        "",
        1,
        Map.of("score", score),
        List.of());
  }

  private static TrialRecord failed(int trial) {
    return new TrialRecord(
        trial, Map.of(), 0, 1, 1, TrialRecord.State.FAILED, "why", 1, Map.of(), List.of());
  }
}
