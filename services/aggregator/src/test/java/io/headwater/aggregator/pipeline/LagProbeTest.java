package io.headwater.aggregator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schemas.HeadwaterTopics;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What it asks the broker is tested on a whole river, in RiverIT. */
class LagProbeTest {
  private static OptionalLong at(long offset) {
    return OptionalLong.of(offset);
  }

  @Test
  void countsFromThePositionOrTheBeginningAndNeverBelowNothing() {
    assertThat(LagProbe.left(at(5), 0, 12, 0)).isEqualTo(7);
    assertThat(LagProbe.left(OptionalLong.empty(), 3, 12, 0)).isEqualTo(9);
    assertThat(LagProbe.left(at(5), 8, 12, 0)).isEqualTo(4);
    assertThat(LagProbe.left(at(11), 0, 12, 1)).isZero();
    assertThat(LagProbe.left(at(12), 0, 12, 1)).isZero();
  }

  @Test
  void knowsWhatEveryStageReads() {
    assertThat(StageReads.of(HeadwaterTopics.of("eu.", "shared")))
        .extracting(read -> read.stage() + " " + read.group() + read.plain() + read.results())
        .containsExactly(
            "tokenizer eu.headwater-tokenizer[shared][eu.scores.translation]",
            "scorer eu.headwater-scorer-translation[][eu.tokens.translation]",
            "scorer eu.headwater-scorer-sentiment[][eu.tokens.sentiment]",
            "aggregator eu.headwater-aggregator[shared][eu.scores.translation,"
                + " eu.scores.sentiment]");
  }
}
