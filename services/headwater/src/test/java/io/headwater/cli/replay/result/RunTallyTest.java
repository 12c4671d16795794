package io.headwater.cli.replay.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import io.headwater.avro.SkippedTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTallyTest {
  @Test
  void everyMessageIsDoneOnceAsAnInsightOrALetter() {
    RunTally tally = new RunTally();

    add(tally, Insights.scored("a", Insights.at(0), 0.9, 0.1));
    add(tally, Insights.scored("b", Insights.at(1), 0.1, 0.9));
    add(tally, Insights.unscored("c", Insights.at(2)));
    tally.deadLetter("tokenizer", "NOT_AVRO");

    assertThat(tally.done()).isEqualTo(4);
    assertThat(tally.insights()).isEqualTo(3);
    assertThat(tally.labels())
        .isEqualTo(Map.of("positive", 1L, "negative", 1L, RunTally.NO_LABEL, 1L));
    assertThat(tally.deadLettersByCause()).isEqualTo(Map.of("tokenizer NOT_AVRO", 1L));
    assertThat(tally.provenances()).isEqualTo(Map.of("m@1.0.0 on none 1, cpu", 2L));
  }

  @Test
  void translationsAreCountedByWhatBecameOfThem() {
    RunTally tally = new RunTally();
    Insight skipped = Insights.scored("c", Insights.at(2), 0.9, 0.1);
    skipped.setSkipped(List.of(new SkippedTask("translation", "no model reads it")));

    add(tally, Insights.translated("a", Insights.at(0), "a text"));
    add(tally, Insights.passedThrough("b", Insights.at(1)));
    add(tally, skipped);
    add(tally, Insights.scored("d", Insights.at(3), 0.9, 0.1));

    assertThat(tally.translations())
        .isEqualTo(Map.of("translated", 1L, "passed through", 1L, "skipped", 1L));
    assertThat(tally.provenances())
        .isEqualTo(Map.of("m@1.0.0 on none 1, cpu", 4L, "t@1.0.0 on none 1, cpu", 1L));
  }

  @Test
  void theOrderOfInsightsDoesNotMatterToTheChecksums() {
    RunTally one = new RunTally();
    RunTally other = new RunTally();
    Insight a = Insights.scored("a", Insights.at(0), 0.9, 0.1);
    Insight b = Insights.scored("b", Insights.at(1), 0.9, 0.1);

    add(one, a);
    add(one, b);
    add(other, b);
    add(other, a);

    assertThat(one.checksum()).isEqualTo(other.checksum()).isNotEqualTo(one.contentChecksum());
    assertThat(one.contentChecksum()).isEqualTo(other.contentChecksum());
  }

  private static void add(RunTally tally, Insight insight) {
    tally.insight(null, Insights.bytes(insight, 1), insight);
  }
}
