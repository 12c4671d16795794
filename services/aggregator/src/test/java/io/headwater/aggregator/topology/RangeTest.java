package io.headwater.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import io.headwater.runtime.config.OffsetRanges;
import org.junit.jupiter.api.Test;

class RangeTest {
  @Test
  void messagesOutsideOfTheRangeAreNeitherJoinedNorKept() {
    try (River river = River.with(River.OPTIONS.in(OffsetRanges.parse("0:1-3")))) {
      for (int i = 0; i < 5; i++) {
        river.send(river.topics.messages(), null, Records.message("m" + i, "fine"), 1_000 + i);
      }
      assertThat(river.pending()).isEqualTo(2);

      for (int i = 1; i < 3; i++) {
        river.send(river.topics.sentimentScores(), null, Records.score(i, 0.8, 0.1), 1_000 + i);
      }

      assertThat(river.insights()).extracting(Insight::getMessageId).containsExactly("m1", "m2");
      assertThat(river.pending()).isZero();
    }
  }

  @Test
  void anotherPartitionsRangeIsNotThisOnes() {
    try (River river = River.with(River.OPTIONS.in(OffsetRanges.parse("1:0-10")))) {
      river.send(river.topics.messages(), null, Records.message("m", "fine"), 1_000);

      assertThat(river.pending()).isZero();
    }
  }
}
