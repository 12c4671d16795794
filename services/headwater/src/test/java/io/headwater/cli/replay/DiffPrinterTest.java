package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.cli.replay.result.Difference;
import io.headwater.cli.replay.result.InsightSummary.Join;
import io.headwater.cli.replay.result.Move;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffPrinterTest {
  private static final Difference DIFFERENCE =
      new Difference(
          new Difference.Counts(2_000, 1, 0, 0, 3, 500),
          1_500,
          1_500,
          42,
          Map.of("positive", Map.of("negative", 500L, "positive", 1_500L)),
          new Difference.Moves(
              2_000,
              -0.25,
              0.25,
              List.of(
                  new Move(
                      "m\u001b[31m1",
                      "messages-0@7",
                      "positive",
                      "negative",
                      0.9,
                      -0.9,
                      "a text"))));

  @Test
  void theTableShowsCountsMatrixAndMovesAndNoTextUnlessAsked() {
    String table = table(false);

    assertThat(table)
        .contains("one (A) against two (B), matched by place in the topic")
        .containsPattern("in both +2,000")
        .containsPattern("repeated in B, left out +3")
        .containsPattern("translations changed +42")
        .containsPattern("labels changed +500 +25.00 %")
        .containsPattern("positive +500 +1,500")
        .contains("-1.8000  +0.9000 → -0.9000  positive  → negative")
        .doesNotContain("repeated in A")
        .doesNotContain("\u001b")
        .doesNotContain("a text");
    assertThat(table(true)).contains("a text");
  }

  @Test
  void jsonIsOneObjectWithEverything() throws IOException {
    StringWriter out = new StringWriter();
    new DiffPrinter("one", "two", Join.MESSAGE_ID, 4, 5, false)
        .printJson(DIFFERENCE, new PrintWriter(out));

    JsonNode json = new ObjectMapper().readTree(out.toString());

    assertThat(out.toString().strip().lines()).hasSize(1);
    assertThat(json.path("matchedBy").asText()).isEqualTo("messageId");
    assertThat(json.path("inBoth").asLong()).isEqualTo(2_000);
    assertThat(json.path("unreadable").asLong()).isEqualTo(4);
    assertThat(json.path("outOfRange").asLong()).isEqualTo(5);
    assertThat(json.path("translationsChanged").asLong()).isEqualTo(42);
    assertThat(json.path("shareChanged").asDouble()).isEqualTo(0.25);
    assertThat(json.path("labels").path("positive").path("negative").asLong()).isEqualTo(500);
    JsonNode move = json.path("polarity").path("largest").path(0);
    assertThat(move.path("move").asDouble()).isEqualTo(-1.8);
    assertThat(move.has("text")).isFalse();
  }

  private static String table(boolean withText) {
    StringWriter out = new StringWriter();
    new DiffPrinter("one", "two", Join.ORIGIN, 0, 0, withText)
        .print(DIFFERENCE, new PrintWriter(out));
    return out.toString();
  }
}
