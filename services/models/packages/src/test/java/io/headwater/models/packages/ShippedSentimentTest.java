package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.TokenizedText;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedSentimentTest {

  private static ModelPackage model;
  private static PackageTokenizer tokenizer;
  private static SentimentEngine engine;

  @BeforeAll
  static void open() {
    model = ShippedSentiment.open();
    tokenizer = PackageTokenizer.open(model);
    engine = SentimentEngine.open(model, EngineOptions.cpu());
  }

  @AfterAll
  static void close() {
    engine.close();
    tokenizer.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          positive | Battery lasts two days and the screen is gorgeous. Best phone I have owned.
          positive | Arrived early, well packed, works exactly as described.
          positive | The staff went out of their way to help us, we will be back!
          positive | Not bad at all, I really enjoyed this film.
          positive | so happy with my new headphones \uD83D\uDE0D
          negative | Stopped working after a week and nobody answers my emails.
          negative | The seams came apart the first time I wore it. Waste of money.
          negative | Two hours late, cold food, rude driver. Never again.
          negative | I wanted to like this book but it never goes anywhere.
          negative | worst update ever, the app crashes every time i open it
          neutral  | The meeting is on Tuesday at 10 in room 4.
          neutral  | Does anyone know when the store opens on Sunday?
          """)
  void tellsPlainCasesApart(String expected, String text) {
    List<Segment> segments = tokenizer.segmentCutter(0).cut(tokenizer.encode(text));

    float[] row = engine.probabilities(List.of(segments.get(0).ids()))[0];

    int best = row[0] >= row[1] && row[0] >= row[2] ? 0 : row[1] >= row[2] ? 1 : 2;
    assertThat(model.labels().get(best)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          so good \uD83D\uDE0D\uD83D\uDE0D         | so good love love
          so good\u2764\uFE0F                   | so good love
          nice\uD83D\uDC4D\uD83C\uDFFDwork          | nice good work
          sun \u2600 rain                     | sun \u2603 rain
          see https://example.org/a?b=c now | see http now
          SEE HTTPS://EXAMPLE.ORG/A NOW     | see http now
          www.example.org/x                 | http
          salt &amp; pepper &lt;3           | salt & pepper <3
          """)
  void readsLinksEntitiesAndEmojiAsTheyAreMeant(String text, String plain) {
    assertThat(tokenizer.encode(text).ids()).isEqualTo(tokenizer.encode(plain).ids());
  }

  @ParameterizedTest
  @CsvSource({
    "so good\uD83D\uDE0D indeed, 7, 9",
    "see https://example.org now, 4, 8",
    "A &amp; B, 2, 3",
  })
  void theTokensOfWhatIsReadOtherwiseLieWhereItStands(String text, int start, int end) {
    Segment segment = tokenizer.segmentCutter(0).cut(tokenizer.encode(text)).get(0);

    assertThat(segment.starts()).contains(start);
    for (int i = 0; i < segment.ids().length; i++) {
      if (segment.starts()[i] == start) {
        assertThat(segment.ends()[i]).isEqualTo(end);
      }
    }
    int last = segment.ids().length - 2;
    assertThat(segment.ends()[last]).isEqualTo(text.length());
  }

  @Test
  void scoresAnEmptyTextLikeAnyOther() {
    Segment segment = tokenizer.segmentCutter(0).cut(tokenizer.encode("")).get(0);

    float[] row = engine.probabilities(List.of(segment.ids()))[0];

    assertThat(row[0] + row[1] + row[2]).isBetween(0.999f, 1.001f);
  }

  @Test
  void cutsAMegabyteOfTextIntoSegmentsThatFit() {
    String text = "A long and winding story about a river. ".repeat(26_000);

    TokenizedText tokens = tokenizer.encode(text);
    SegmentCutter cutter = tokenizer.segmentCutter(64);

    assertThat(cutter.cut(tokens))
        .hasSizeGreaterThan(400)
        .allSatisfy(
            segment ->
                assertThat(segment.ids().length)
                    .isBetween(model.maxTokens() - 2, model.maxTokens()));
  }

  @Test
  void hasACardThatSaysWhatItIs() {
    assertThat(model.card().licence()).isEqualTo("MIT");
    assertThat(model.card().quality())
        .containsKeys("sst2.test.accuracy", "semeval2017.test.macroRecall");
    assertThat(model.folder().resolve("README.md")).isNotEmptyFile();
  }
}
