package io.headwater.cli.river;

import static io.headwater.cli.replay.result.Insights.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import io.headwater.avro.SkippedTask;
import io.headwater.cli.replay.result.Insights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTallyTest {
  private final DemoTally tally = new DemoTally();

  @Test
  void saysWhatBecameOfEveryMessage() {
    Insight skipped = Insights.unscored("c", at(2));
    skipped.setSkipped(
        List.of(
            new SkippedTask("translation", "no translation model reads language fr"),
            new SkippedTask("sentiment", "no sentiment model reads language fr")));
    add(Insights.translated("a", at(0), "The food was cold."));
    add(Insights.passedThrough("b", at(1)));
    add(skipped);
    tally.deadLetter();

    DemoSummary summary = tally.summary(4, Duration.ofSeconds(2));

    assertThat(tally.done()).isEqualTo(4);
    assertThat(summary.isComplete()).isTrue();
    assertThat(summary.lines())
        .contains(
            "scored          2 (2 positive)",
            "not scored      1 (no model reads their language)",
            "translated      1 (1 scored on it), 1 passed through, 1 skipped",
            "dead-lettered   1",
            "lost            0");
  }

  @Test
  void aSecondInsightOfAMessageIsNoSecondMessage() {
    add(Insights.scored("a", at(0), 0.9, 0.1));
    add(Insights.scored("a", at(0), 0.9, 0.1));

    DemoSummary summary = tally.summary(2, Duration.ofSeconds(1));

    assertThat(summary.isComplete()).isFalse();
    assertThat(summary.lines()).contains("lost            1", "twice           1");
  }

  @Test
  void aRiverWithoutTranslationSaysNothingOfIt() {
    add(Insights.scored("a", at(0), 0.9, 0.1));

    assertThat(tally.summary(1, Duration.ofSeconds(1)).lines())
        .noneMatch(line -> line.startsWith("translated"));
  }

  private void add(Insight insight) {
    tally.insight(insight, Instant.EPOCH);
  }
}
