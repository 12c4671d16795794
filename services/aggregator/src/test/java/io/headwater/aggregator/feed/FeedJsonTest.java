package io.headwater.aggregator.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.TextSource;
import io.headwater.avro.Translation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedJsonTest {
  private static final List<String> BOTH = List.of("translation", "sentiment");

  private final FeedJson json = new FeedJson(20);

  @Test
  void showsTheOriginalItsTranslationAndWhichOfThemWasScored() throws Exception {
    SentimentScore score = Records.score(1, 0.8, 0.1, BOTH);
    score.setTextSource(TextSource.TRANSLATION);
    Translation translation = Records.translation(1, BOTH);
    translation.setSegmentCount(2);

    JsonNode shown = shown(score, translation, List.of());

    assertThat(shown.get("text").asText()).isEqualTo("Das war schön.");
    assertThat(shown.get("sentiment").get("scoredOn").asText()).isEqualTo("translation");
    JsonNode text = shown.get("translation");
    assertThat(text.get("text").asText()).isEqualTo("a translation");
    assertThat(text.get("sourceLanguage").asText()).isEqualTo("de");
    assertThat(text.get("targetLanguage").asText()).isEqualTo("en");
    assertThat(text.get("passedThrough").asBoolean()).isFalse();
    assertThat(text.get("hitLengthLimit").asBoolean()).isFalse();
    assertThat(text.get("model").asText()).isEqualTo("sentiment-test@1.0.0");
    assertThat(text.get("segments").asInt()).isEqualTo(2);
    assertThat(text.get("tokens").asInt()).isEqualTo(3);
  }

  @Test
  void saysThatAnOriginalWasScored() throws Exception {
    JsonNode shown = shown(Records.score(1, 0.8, 0.1), null, List.of());

    assertThat(shown.get("sentiment").get("scoredOn").asText()).isEqualTo("original");
    assertThat(shown.has("translation")).isFalse();
  }

  @Test
  void marksWhatIsExplained() throws Exception {
    Insight other =
        new Insight("b", Records.origin(2), Records.message("b", "x"), "en", null, null, List.of());

    assertThat(shown(null, null, List.of()).path("explained").asBoolean()).isTrue();
    assertThat(json.insight(other, 1_000, false)).doesNotContain("explained");
  }

  @Test
  void saysWhyATaskWasNotDone() throws Exception {
    JsonNode shown =
        shown(null, null, List.of(new SkippedTask("translation", "a"), new SkippedTask("x", "b")));

    assertThat(shown.get("skipped").get("translation").asText()).isEqualTo("a");
    assertThat(shown.get("skipped").get("x").asText()).isEqualTo("b");
  }

  @Test
  void cutsALongTranslationAsItCutsATextAndLeavesStrangersMarksToThePage() throws Exception {
    Translation translation = Records.translation(1, BOTH);
    translation.setText("</script><b>\"long\"</b> and longer still");

    JsonNode text = shown(null, translation, List.of()).get("translation");

    assertThat(text.get("text").asText()).isEqualTo("</script><b>\"long\"</");
    assertThat(text.get("textCut").asBoolean()).isTrue();
    assertThat(text.get("textLength").asInt()).isEqualTo(39);
  }

  private JsonNode shown(
      @Nullable SentimentScore score, @Nullable Translation translation, List<SkippedTask> skipped)
      throws JsonProcessingException {
    Insight insight =
        new Insight(
            "a",
            Records.origin(1),
            Records.message("a", "Das war schön."),
            "de",
            score,
            translation,
            skipped);
    return new ObjectMapper().readTree(json.insight(insight, 1_000, true));
  }
}
