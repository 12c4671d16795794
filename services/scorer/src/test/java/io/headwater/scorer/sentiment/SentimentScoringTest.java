package io.headwater.scorer.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.task.Models;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SentimentScoringTest {
  private static final ModelRef OTHER = new ModelRef("other", "2.0.0");

  private final FakeModel model = new FakeModel();
  private final FakeModel other = new FakeModel();
  private final SentimentScoring scoring = scoring(10_000);

  @Test
  void theResultAtAnIndexBelongsToTheSequenceAtThatIndex() {
    List<TokenSequence> unit =
        List.of(Sequences.of("a", ids(3)), Sequences.of("b", ids(30)), Sequences.of("c", ids(9)));

    List<Scoring<SentimentScore>> results = scoring(32).score(unit);

    assertThat(results)
        .extracting(result -> score(result).getMessageId())
        .containsExactly("a", "b", "c");
    for (int i = 0; i < unit.size(); i++) {
      assertThat(results.get(i)).isEqualTo(alone(unit.get(i)));
    }
  }

  @Test
  void aScoreSaysWhatMadeItAndOfWhat() {
    TokenSequence sequence = Sequences.of("a", ids(3));
    sequence.setSentAt(Instant.ofEpochMilli(9));

    SentimentScore score = score(alone(sequence));

    float[] row = FakeModel.row(ids(3));
    assertThat(score.getProbabilities())
        .containsExactly(
            new LabelProbability("negative", row[0]),
            new LabelProbability("neutral", row[1]),
            new LabelProbability("positive", row[2]));
    assertThat(score.getLabel())
        .isEqualTo(
            Collections.max(
                    score.getProbabilities(),
                    (a, b) -> Float.compare(a.getProbability(), b.getProbability()))
                .getLabel());
    assertThat(score.getModel()).isEqualTo(Sequences.FAKE);
    assertThat(score.getProvenance().getModelDigest()).isEqualTo("digest-of-fake");
    assertThat(score.getOrigin()).isEqualTo(sequence.getOrigin());
    assertThat(score.getLanguage()).isEqualTo("en");
    assertThat(score.getTokenCount()).isEqualTo(3);
    assertThat(score.getSegmentCount()).isEqualTo(1);
    assertThat(score.getPlannedTasks()).containsExactly("sentiment");
    assertThat(score.getSentAt()).isEqualTo(Instant.ofEpochMilli(9));
    assertThat(score.getSkipReason()).isNull();
  }

  @Test
  void segmentsArePooledByTheTokensThatTheyAdd() {
    float[] first = FakeModel.row(ids(30));
    float[] second = FakeModel.row(ids(10));

    SentimentScore score = score(alone(Sequences.of("a", ids(30), ids(10))));

    assertThat(score.getSegmentCount()).isEqualTo(2);
    for (int label = 0; label < 3; label++) {
      assertThat(score.getProbabilities().get(label).getProbability())
          .isEqualTo((float) (0.75 * first[label] + 0.25 * second[label]));
    }
  }

  @Test
  void aBatchThatFailsIsHalvedUntilTheCulpritStandsAlone() {
    List<TokenSequence> unit = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      unit.add(Sequences.of("m" + i, i == 5 ? ids(4, FakeModel.CULPRIT) : ids(4, i)));
    }

    List<Scoring<SentimentScore>> results = scoring.score(unit);

    for (int i = 0; i < 8; i++) {
      if (i == 5) {
        assertThat(failed(results.get(i)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
        assertThat(failed(results.get(i)).detail()).contains("cannot score this batch");
      } else {
        assertThat(results.get(i)).isInstanceOf(Scored.class);
      }
    }
    assertThat(model.batchSizes()).containsExactly(8, 4, 4, 2, 1, 1, 2);
  }

  @Test
  void callsSideBySideGiveTheSameScoresAndFindTheSameCulprit() {
    SegmentModel twoCalls =
        new SegmentModel() {
          @Override
          public float[][] probabilities(List<int[]> tokenIds) {
            return new FakeModel().probabilities(tokenIds);
          }

          @Override
          public int calls() {
            return 2;
          }
        };
    List<TokenSequence> unit = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      unit.add(Sequences.of("m" + i, i == 55 ? ids(4, FakeModel.CULPRIT) : ids(1 + i % 40, i)));
    }

    List<Scoring<SentimentScore>> results =
        scoring(Map.of(Sequences.FAKE, twoCalls), 64).score(unit);

    assertThat(results).isEqualTo(scoring(64).score(unit));
    assertThat(failed(results.get(55)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
  }

  @Test
  void anotherNumberOfRowsThanSegmentsIsAFailure() {
    SegmentModel broken = tokenIds -> tokenIds.size() > 1 ? new float[1][3] : new float[0][];
    SentimentScoring scoring = scoring(Map.of(Sequences.FAKE, broken), 10_000);

    List<Scoring<SentimentScore>> results =
        scoring.score(List.of(Sequences.of("a", ids(4)), Sequences.of("b", ids(4))));

    assertThat(results)
        .extracting(result -> failed(result).cause())
        .containsOnly(DeadLetterCause.MODEL_FAILURE);
  }

  @Test
  void anotherNumberOfLabelsThanTheModelHasIsAFailure() {
    SegmentModel broken = tokenIds -> new float[tokenIds.size()][2];

    Scoring<SentimentScore> result =
        scoring(Map.of(Sequences.FAKE, broken), 10_000)
            .score(List.of(Sequences.of("a", ids(4))))
            .get(0);

    assertThat(failed(result).detail()).isEqualTo("The model gave 2 probabilities for 3 labels");
  }

  @Test
  void whatIsNotANumberFailsItsOwnRecordOnly() {
    List<Scoring<SentimentScore>> results =
        scoring.score(
            List.of(
                Sequences.of("a", ids(4)),
                Sequences.of("b", ids(4), ids(4, FakeModel.NOT_A_NUMBER), ids(4)),
                Sequences.of("c", ids(4, 1))));

    assertThat(results.get(0)).isInstanceOf(Scored.class);
    assertThat(failed(results.get(1)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
    assertThat(results.get(2)).isInstanceOf(Scored.class);
  }

  @Test
  void tokensOfAnUnknownModelFailAndTheOthersAreScored() {
    ModelRef unknown = new ModelRef("nobody", "0.1.0");

    List<Scoring<SentimentScore>> results =
        scoring.score(
            List.of(
                Sequences.stamped(unknown, Sequences.of("a", ids(4))), Sequences.of("b", ids(4))));

    assertThat(failed(results.get(0)))
        .isEqualTo(new Failed<>(DeadLetterCause.UNKNOWN_MODEL, "there is no nobody@0.1.0"));
    assertThat(results.get(1)).isInstanceOf(Scored.class);
  }

  @Test
  void twoModelsInOneUnitEachScoreTheirOwn() {
    List<TokenSequence> unit =
        List.of(
            Sequences.of("a", ids(4)),
            Sequences.stamped(OTHER, Sequences.of("b", ids(5))),
            Sequences.of("c", ids(6)));

    List<Scoring<SentimentScore>> results = scoring.score(unit);

    assertThat(results)
        .extracting(result -> score(result).getModel())
        .containsExactly(Sequences.FAKE, OTHER, Sequences.FAKE);
    assertThat(score(results.get(1)).getProvenance().getModelDigest()).isEqualTo("digest-of-other");
    assertThat(other.batchSizes()).containsExactly(1);
  }

  @Test
  void aSkippedSequencePassesThroughWithoutAModel() {
    TokenSequence skipped = Sequences.of("a");
    skipped.setSkipReason("no sentiment model reads language de");
    skipped.setModel(new ModelRef("nobody", "0.1.0"));

    SentimentScore score = score(alone(skipped));

    assertThat(score.getSkipReason()).isEqualTo("no sentiment model reads language de");
    assertThat(score.getLabel()).isEmpty();
    assertThat(score.getProbabilities()).isEmpty();
    assertThat(score.getSegmentCount()).isZero();
    assertThat(model.batchSizes()).isEmpty();
  }

  @Test
  void tokensThatDoNotFitTheModelAreRefusedBeforeItSeesThem() {
    TokenSequence elsewhere = Sequences.of("digest", ids(4));
    elsewhere.setTokenizerDigest("another");
    TokenSequence odd = Sequences.of("odd", ids(4));
    odd.setSegments(List.of(segment(ByteBuffer.allocate(7), ByteBuffer.allocate(8))));
    TokenSequence oddOffsets = Sequences.of("odd offsets", ids(4));
    oddOffsets.setSegments(List.of(segment(ByteBuffer.allocate(8), ByteBuffer.allocate(3))));
    List<TokenSequence> unit =
        List.of(
            Sequences.of("vocabulary", new int[] {1, Sequences.VOCABULARY}),
            Sequences.of("negative", new int[] {1, -1}),
            Sequences.of("too long", ids(Sequences.MAX_TOKENS + 1)),
            Sequences.of("an empty segment", ids(4), new int[0]),
            Sequences.of("no segments"),
            elsewhere,
            odd,
            oddOffsets,
            Sequences.of("healthy", ids(Sequences.MAX_TOKENS)));

    List<Scoring<SentimentScore>> results = scoring.score(unit);

    assertThat(results.subList(0, 8))
        .allSatisfy(
            result -> {
              assertThat(failed(result).cause()).isEqualTo(DeadLetterCause.INVALID_TOKENS);
              assertThat(failed(result).detail()).isNotBlank();
            });
    assertThat(results.get(8)).isInstanceOf(Scored.class);
    assertThat(model.batchSizes()).containsExactly(1);
  }

  @Property(tries = 200)
  void exactlyTheCulpritsFailAndTheOthersGetTheScoreThatTheyGetAlone(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 130) Integer> lengths,
      @ForAll @IntRange(min = 16, max = 600) int budget,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<TokenSequence> unit = new ArrayList<>();
    List<Boolean> healthy = new ArrayList<>();
    for (int length : lengths) {
      int culprit = random.nextInt(6) == 0 ? FakeModel.CULPRIT + random.nextInt(2) : 0;
      healthy.add(culprit == 0);
      TokenSequence sequence = Sequences.of("m" + unit.size(), segments(length, culprit, random));
      unit.add(random.nextBoolean() ? sequence : Sequences.stamped(OTHER, sequence));
    }

    List<Scoring<SentimentScore>> results = scoring(budget).score(unit);

    assertThat(results).hasSameSizeAs(unit);
    for (int i = 0; i < unit.size(); i++) {
      if (healthy.get(i)) {
        assertThat(results.get(i)).isInstanceOf(Scored.class).isEqualTo(alone(unit.get(i)));
      } else {
        assertThat(failed(results.get(i)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
      }
    }
  }

  /** Cuts a text of random tokens into segments; one of them holds the culprit, unless it is 0. */
  private static int[][] segments(int length, int culprit, Random random) {
    int count = (length + Sequences.MAX_TOKENS - 1) / Sequences.MAX_TOKENS;
    int[][] segments = new int[count][];
    for (int i = 0; i < count; i++) {
      int size = Math.min(Sequences.MAX_TOKENS, length - i * Sequences.MAX_TOKENS);
      segments[i] = random.ints(size, 1, FakeModel.CULPRIT).toArray();
    }
    if (culprit != 0) {
      int[] bad = segments[random.nextInt(count)];
      bad[random.nextInt(bad.length)] = culprit;
    }
    return segments;
  }

  private SentimentScoring scoring(int budget) {
    return scoring(Map.of(Sequences.FAKE, model, OTHER, other), budget);
  }

  private static SentimentScoring scoring(Map<ModelRef, SegmentModel> models, int budget) {
    Models<LoadedModel> known =
        ref -> {
          SegmentModel found = models.get(ref);
          if (found == null) {
            throw new UnknownModelException(
                "there is no %s@%s".formatted(ref.getId(), ref.getVersion()));
          }
          return Sequences.loaded(ref, found);
        };
    return new SentimentScoring(
        known, new BatchCutter(new BatchBudget(budget, 512)), ScoringObserver.NONE);
  }

  private Scoring<SentimentScore> alone(TokenSequence sequence) {
    return scoring.score(List.of(sequence)).get(0);
  }

  private static SentimentScore score(Scoring<SentimentScore> result) {
    assertThat(result).isInstanceOf(Scored.class);
    return ((Scored<SentimentScore>) result).result();
  }

  private static Failed<SentimentScore> failed(Scoring<SentimentScore> result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed<SentimentScore>) result;
  }

  private static TokenSegment segment(ByteBuffer ids, ByteBuffer offsets) {
    return new TokenSegment(ids, offsets, offsets, 0);
  }

  private static int[] ids(int length) {
    return ids(length, 7);
  }

  private static int[] ids(int length, int last) {
    int[] ids = new int[length];
    ids[length - 1] = last;
    return ids;
  }
}
