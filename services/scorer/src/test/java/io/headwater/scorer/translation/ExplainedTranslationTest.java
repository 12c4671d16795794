package io.headwater.scorer.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Alignment;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.translation.Hypothesis;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainedTranslationTest {

  @Test
  void eachSegmentSaysWhichLettersItsLettersWereMadeFrom() {
    Translation translation = scored(result(new FakeTranslator(), explained("Ab.", "\n", "Cd e.")));

    assertThat(translation.getExplain()).isTrue();
    assertThat(translation.getAlignments()).hasSize(2);
    Alignment second = translation.getAlignments().get(1);
    assertThat(TokenInts.unpack(second.getSourceStarts())).containsExactly(-1, 4, 5, 6, 7, 8, -1);
    assertThat(TokenInts.unpack(second.getSourceEnds())).containsExactly(-1, 5, 6, 7, 8, 9, -1);
    assertThat(TokenInts.unpack(second.getTargetStarts())).containsExactly(4, 5, 7, 7, 8);
    assertThat(TokenInts.unpack(second.getTargetEnds())).containsExactly(5, 6, 7, 8, 9);
    FloatBuffer weights = second.getWeights().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertThat(weights.remaining()).isEqualTo(5 * 7);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 7; column++) {
        assertThat(weights.get(row * 7 + column)).isEqualTo(column == row + 1 ? 1f : 0f);
      }
    }
  }

  @Test
  void thereIsNoExplanationWhereNoneWasAskedForOrTheModelHasNone() {
    Translation unasked = scored(result(new FakeTranslator(), TextSequences.of("a", "Ab.")));
    Translation unable = scored(result(new FakeTranslator(false), explained("Ab.")));

    assertThat(unasked.getAlignments()).isEmpty();
    assertThat(unable.getAlignments()).isEmpty();
    assertThat(unable.getText()).isEqualTo("Ab.");
  }

  @Test
  void anExplanationThatIsNoneFailsItsOwnRecordOnly() {
    for (float[] row : new float[][] {{1}, {0, Float.NaN, 0, 0, 0}}) {
      SegmentTranslator broken =
          new FakeTranslator() {
            @Override
            public List<Hypothesis> translate(
                List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse) {
              List<Hypothesis> good = super.translate(sources, targetLanguage, explain, pulse);
              Hypothesis bad = new Hypothesis(new int[] {'x'}, -1, false, new float[][] {row});
              return List.of(bad, good.get(1));
            }
          };

      List<Scoring<Translation>> results = results(broken, explained("Ab."), explained("Cd."));

      assertThat(failed(results.get(0)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
      assertThat(results.get(1)).isInstanceOf(Scored.class);
    }
  }

  @Test
  void anExplanationLargerThanATopicTakesIsGivenUpBeforeItIsWhole() {
    String[] parts = new String[4_000];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = i % 2 == 1 ? " " : "x".repeat(TextSequences.MAX_TOKENS - 2);
    }
    FakeTranslator model = new FakeTranslator();

    Failed<Translation> result = failed(result(model, explained(parts)));

    assertThat(result.cause()).isEqualTo(DeadLetterCause.RESULT_TOO_LARGE);
    assertThat(result.detail()).startsWith("The explanation of the first ");
    assertThat(model.calls().stream().mapToInt(Integer::intValue).sum()).isLessThan(1_500);
  }

  private static TokenSequence explained(String... parts) {
    TokenSequence sequence = TextSequences.of("a", parts);
    sequence.setExplain(true);
    return sequence;
  }

  private static Scoring<Translation> result(SegmentTranslator model, TokenSequence sequence) {
    return results(model, sequence).get(0);
  }

  private static List<Scoring<Translation>> results(
      SegmentTranslator model, TokenSequence... sequences) {
    return new TranslationScoring(
            ref -> TextSequences.loaded(ref, model), 1_000, TranslationObserver.NONE)
        .score(List.of(sequences));
  }

  private static Translation scored(Scoring<Translation> result) {
    assertThat(result).isInstanceOf(Scored.class);
    return ((Scored<Translation>) result).result();
  }

  private static Failed<Translation> failed(Scoring<Translation> result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed<Translation>) result;
  }
}
