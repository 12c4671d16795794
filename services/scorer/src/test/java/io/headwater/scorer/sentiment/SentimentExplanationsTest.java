package io.headwater.scorer.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Explanation;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.PackedFloats;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.Models.UnknownModelException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentimentExplanationsTest {
  private static final int ROOM = 1_000;

  private final SentimentExplanations explanations = explanations(16_384, ROOM);

  @Test
  void onlyWhoAsksIsExplained() {
    TokenSequence sequence = Sequences.of("m", Sequences.ids(5));
    SentimentScore score = score(sequence, "positive");

    assertThat(explain(explanations, sequence, score)).isEmpty();

    sequence.setExplain(true);
    assertThat(explain(explanations, sequence, score)).isPresent();

    score.setSkipReason("no model");
    assertThat(explain(explanations, sequence, score)).isEmpty();
  }

  @Test
  void saysOfEachTokenWhatItDidForTheLabel() {
    TokenSequence sequence = asking(Sequences.ids(5), Sequences.ids(6));

    Explanation explanation =
        explain(explanations, sequence, score(sequence, "positive")).orElseThrow();

    assertThat(explanation.getMessageId()).isEqualTo("m");
    assertThat(explanation.getLabel()).isEqualTo("positive");
    assertThat(explanation.getProbability()).isEqualTo(0.75);
    assertThat(explanation.getMissingReason()).isNull();
    assertThat(explanation.getProvenance().getModelDigest()).isEqualTo("digest-of-fake");
    assertThat(explanation.getAgreement()).isEqualTo(1);
    assertThat(explanation.getSegments()).hasSize(2);
    var first = explanation.getSegments().get(0);
    assertThat(PackedFloats.unpack(first.getRollout())).containsExactly(2, 3, 4, 5);
    assertThat(PackedFloats.unpack(first.getOcclusion())).containsExactly(2, 3, 4, 5);
    assertThat(TokenInts.unpack(first.getStartOffsets())).hasSize(4);
    assertThat(first.getMaskedParts()).isEqualTo(4);
    assertThat(first.getLayers()).isEqualTo(2);
    assertThat(first.getHeads()).isEqualTo(1);
    byte[] maps = new byte[32];
    first.getAttention().duplicate().get(maps);
    for (int row = 0; row < 8; row++) {
      int sum = 0;
      for (int key = 0; key < 4; key++) {
        sum += maps[row * 4 + key] & 0xff;
      }
      assertThat(sum).isEqualTo(255);
    }
  }

  @Test
  void aLongMessageIsExplainedMoreCoarselyAndItsMapsEndWhereTheRoomEnds() {
    TokenSequence sequence = asking(new int[8], new int[8], new int[8], new int[8]);
    SentimentExplanations frugal = explanations(96, 300);

    Explanation explanation = explain(frugal, sequence, score(sequence, "neutral")).orElseThrow();

    assertThat(explanation.getSegments())
        .allSatisfy(segment -> assertThat(segment.getMaskedParts()).isEqualTo(3));
    assertThat(explanation.getSegments())
        .extracting(segment -> segment.getAttention() != null)
        .containsExactly(true, true, false, false);
  }

  @Test
  void whatCannotBeExplainedSaysWhy() {
    TokenSequence culprit = asking(Sequences.ids(FakeModel.CULPRIT));
    SentimentExplanations blind =
        new SentimentExplanations(
            ref -> {
              throw new UnknownModelException("the graph shows no attention");
            },
            new ExplanationBudget(100, 0));
    TokenSequence fine = asking(Sequences.ids(5));

    Explanation failed = explain(explanations, culprit, score(culprit, "neutral")).orElseThrow();
    Explanation unseen = explain(blind, fine, score(fine, "neutral")).orElseThrow();

    assertThat(failed.getMissingReason()).isEqualTo("the model failed: cannot stand this");
    assertThat(failed.getSegments()).isEmpty();
    assertThat(unseen.getMissingReason()).isEqualTo("the graph shows no attention");
    assertThat(unseen.getLabel()).isEqualTo("neutral");
  }

  private static SentimentExplanations explanations(int tokens, int mapBytes) {
    return new SentimentExplanations(
        ref -> FakeExplainer.loaded(), new ExplanationBudget(tokens, mapBytes));
  }

  private static TokenSequence asking(int[]... segments) {
    TokenSequence sequence = Sequences.of("m", segments);
    sequence.setExplain(true);
    return sequence;
  }

  private static SentimentScore score(TokenSequence sequence, String label) {
    return SentimentScores.scored(
        sequence,
        Sequences.loaded(Sequences.FAKE, ids -> new float[0][]),
        List.of(new LabelProbability("other", 0.25f), new LabelProbability(label, 0.75f)));
  }

  private static Optional<Explanation> explain(
      SentimentExplanations explanations, TokenSequence sequence, SentimentScore score) {
    return explanations.explain(sequence, score, () -> {});
  }
}
