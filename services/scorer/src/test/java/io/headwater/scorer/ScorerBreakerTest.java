package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.SentimentScore;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.scorer.sentiment.FakeModel;
import io.headwater.scorer.sentiment.SegmentModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A model that is at fault itself. */
class ScorerBreakerTest {
  private static final int ALL = 1_000_000;

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aModelThatFailsOnEverythingEmptiesNothingIntoTheDeadLetters() {
    MendedModel model = new MendedModel();
    FakeRiver<SentimentScore> river =
        FakeRiver.of(model, ALL, true, new BreakerOptions(20, 0.5, Duration.ofMillis(100)))
            .assign(0);
    river.appendSequences(0, 60);

    // It fails at first, and is mended when the breaker has opened for the third time.
    river.run();

    assertThat(river.history(0)).hasSize(60).noneMatch(entry -> entry.contains("MODEL_FAILURE"));
    assertThat(river.meters.find("headwater.dead.letters").counters()).isEmpty();
  }

  @Test
  void aFewBadRecordsDoNotOpenTheBreaker() {
    FakeRiver<SentimentScore> river =
        FakeRiver.of(new FakeModel(), ALL, true, new BreakerOptions(20, 0.5, Duration.ofMinutes(1)))
            .assign(0);
    for (int i = 0; i < 20; i++) {
      river.appendSequences(0, 2);
      river.append(0, new byte[] {9});
    }

    river.run();

    assertThat(river.history(0)).hasSize(60);
    assertThat(river.meters.get("headwater.dead.letters").counter().count()).isEqualTo(20);
  }

  /** Fails on every batch for three rounds of sixty records, then works. */
  private static final class MendedModel implements SegmentModel {
    private final FakeModel model = new FakeModel();
    private int failures;

    @Override
    public float[][] probabilities(List<int[]> tokenIds) {
      if (failures < 180) {
        failures += tokenIds.size() == 1 ? 1 : 0;
        throw new IllegalStateException("broken graph");
      }
      return model.probabilities(tokenIds);
    }
  }
}
