package io.headwater.aggregator.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.Alignment;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.TokenInts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InsightDetailJsonTest {
  private static final List<String> BOTH = List.of("translation", "sentiment");

  private final LiveFeed feed =
      new LiveFeed(new FeedLimits(10, 100, 1, 10, 10), Clock.systemUTC(), "run1");
  private final InsightDetailJson json = new InsightDetailJson(new HeadwaterTopics(""));

  @Test
  void anExplainedMessageIsShownWhole() {
    String text = "Sehr lang. ".repeat(30);
    LiveFeed curious =
        new LiveFeed(
            new FeedLimits(10, 100, 1, 10, 10),
            Clock.systemUTC(),
            "run1",
            origin -> origin.getOffset() == 1);
    Translation translation = Records.translation(1, BOTH);
    translation.setText("Very long. ".repeat(30));
    for (int offset = 0; offset < 2; offset++) {
      curious.publish(
          new Insight(
              "m" + offset,
              Records.origin(offset),
              Records.message("m" + offset, text),
              "de",
              Records.score(offset, 0.8, 0.1, BOTH),
              translation,
              List.of()),
          new InsightPlace(1_000, 0, 7, InsightPath.UNKNOWN),
          true);
    }

    JsonNode explained = json.of(curious.insight("m1").orElseThrow());
    JsonNode other = json.of(curious.insight("m0").orElseThrow());

    assertThat(explained.get("text").asText()).isEqualTo(text);
    assertThat(explained.get("textCut").asBoolean()).isFalse();
    assertThat(explained.at("/translation/text").asText()).hasSize(330);
    assertThat(other.get("text").asText()).hasSize(100);
    assertThat(other.get("textCut").asBoolean()).isTrue();
  }

  private JsonNode shown(Translation translation, InsightPath path, SkippedTask... skipped) {
    Message message = Records.sentAt(Records.message("a", "Das war schön."), 500);
    feed.publish(
        new Insight(
            "a",
            Records.origin(1),
            message,
            "de",
            Records.score(1, 0.8, 0.1, BOTH),
            translation,
            List.of(skipped)),
        new InsightPlace(1_000, 0, 7, path),
        true);
    return json.of(feed.insight("a").orElseThrow());
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static Alignment alignment(float... weights) {
    return new Alignment(
        TokenInts.pack(new int[] {0, -1}),
        TokenInts.pack(new int[] {3, -1}),
        TokenInts.pack(new int[] {0, 2}),
        TokenInts.pack(new int[] {1, 13}),
        floats(weights));
  }

  @Test
  void tellsEveryStageInTheOrderOfTheFlow() {
    JsonNode path =
        shown(
                Records.translation(1, BOTH),
                new InsightPath(
                    Optional.of(new TaskSteps(1_100, 4, 1_200, 5)),
                    Optional.of(new TaskSteps(1_300, -1, 1_400, 6)),
                    1_500))
            .get("path");

    assertThat(path.findValuesAsText("stage"))
        .containsExactly(
            "producer", "messages", "tokenizer", "scorer", "tokenizer", "scorer", "aggregator");
    assertThat(path.findValues("at").stream().map(at -> Instant.parse(at.asText()).toEpochMilli()))
        .containsExactly(500L, 1_000L, 1_100L, 1_200L, 1_300L, 1_400L, 1_500L);
    assertThat(path.findValuesAsText("topic"))
        .containsExactly(
            "messages",
            "tokens.translation",
            "scores.translation",
            "tokens.sentiment",
            "scores.sentiment",
            "insights");
    assertThat(path.get(2).get("offset").asLong()).isEqualTo(4);
    assertThat(path.get(4).has("offset")).isFalse();
    assertThat(path.get(2).get("model").asText()).isEqualTo("sentiment-test@1.0.0");
  }

  @Test
  @SuppressWarnings("NullAway") // the generated constructor takes null for an absent result
  void leavesOutWhatIsNotKnownAndTheModelOfWhatWasNotDone() {
    JsonNode path =
        shown(
                null,
                new InsightPath(
                    Optional.of(new TaskSteps(1_100, 4, 1_200, 5)),
                    Optional.of(new TaskSteps(-1, -1, -1, 6)),
                    -1),
                new SkippedTask("translation", "no model"))
            .get("path");

    assertThat(path.findValuesAsText("stage"))
        .containsExactly("producer", "messages", "tokenizer", "scorer");
    assertThat(path.get(2).has("model")).isFalse();
  }

  @Test
  void showsHowTheWordsWereTranslatedAndLeavesOutWhatDoesNotFit() {
    Translation translation = Records.translation(1, BOTH);
    translation.setAlignments(
        List.of(alignment(0.25f, 0.75f, Float.NaN, 1f), alignment(1f), alignment()));

    JsonNode alignments =
        shown(translation, InsightPath.UNKNOWN).get("translation").get("alignments");

    assertThat(alignments).hasSize(1);
    assertThat(alignments.get(0).toString())
        .isEqualTo(
            "{\"source\":[[0,3],[-1,-1]],\"target\":[[0,1],[2,13]],"
                + "\"weights\":[[0.25,0.75],[0.0,1.0]]}");
  }

  @Test
  void keepsNoMoreAlignmentsThanAPageNeeds() {
    Translation translation = Records.translation(1, BOTH);
    translation.setAlignments(Collections.nCopies(10_000, alignment(1f, 0f, 0f, 1f)));

    JsonNode shown = shown(translation, InsightPath.UNKNOWN).get("translation");

    assertThat(shown.get("alignments")).hasSizeBetween(1_000, 2_000);
    assertThat(shown.get("alignmentsCut").asBoolean()).isTrue();
  }

  @Test
  void aTranslationWithoutAlignmentsHasNone() {
    JsonNode shown = shown(Records.translation(1, BOTH), InsightPath.UNKNOWN).get("translation");

    assertThat(shown.has("alignments")).isFalse();
  }
}
