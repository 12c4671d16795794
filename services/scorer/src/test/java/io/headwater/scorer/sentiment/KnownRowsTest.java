package io.headwater.scorer.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownRowsTest {
  private static final ModelRef OTHER = new ModelRef("other", "2.0.0");

  private final FakeModel model = new FakeModel();
  private final FakeModel other = new FakeModel();
  private final List<String> lookups = new ArrayList<>();
  private final SentimentScoring unkept =
      new SentimentScoring(
          ref -> Sequences.loaded(ref, new FakeModel()),
          new BatchCutter(new BatchBudget(10_000, 512)),
          ScoringObserver.NONE);

  @Test
  void aTextThatComesAgainIsNotRunAgainAndHasTheSameScore() {
    SentimentScoring keeping = keeping(10_000);
    TokenSequence first = Sequences.of("a", ids(9), ids(30));
    TokenSequence again = Sequences.of("b", ids(9), ids(30));

    Scoring<SentimentScore> fresh = keeping.score(List.of(first, again)).get(1);
    Scoring<SentimentScore> later = keeping.score(List.of(again)).get(0);

    assertThat(fresh).isEqualTo(unkept.score(List.of(again)).get(0));
    assertThat(later).isEqualTo(unkept.score(List.of(again)).get(0));
    assertThat(model.batchSizes()).containsExactly(2);
    assertThat(lookups).containsExactly("2 known, 2 not", "2 known, 0 not");
  }

  @Test
  void whatOneModelGaveIsNotTakenForAnothers() {
    SentimentScoring keeping = keeping(10_000);
    TokenSequence mine = Sequences.of("a", ids(9));
    TokenSequence others = Sequences.stamped(OTHER, Sequences.of("b", ids(9)));

    keeping.score(List.of(mine, others));

    assertThat(model.batchSizes()).containsExactly(1);
    assertThat(other.batchSizes()).containsExactly(1);
  }

  @Test
  void copiesOfACulpritFailWithIt() {
    List<TokenSequence> unit =
        List.of(
            Sequences.of("a", ids(4, FakeModel.CULPRIT)),
            Sequences.of("b", ids(4)),
            Sequences.of("c", ids(9), ids(4, FakeModel.CULPRIT)));

    List<Scoring<SentimentScore>> results = keeping(10_000).score(unit);

    assertThat(failed(results.get(0)).detail()).startsWith("The model failed on segment 0");
    assertThat(results.get(1)).isInstanceOf(Scored.class);
    assertThat(failed(results.get(2)).detail()).startsWith("The model failed on segment 1");
  }

  @Test
  void noMoreIsKeptThanTheBoundAllows() {
    SentimentScoring keeping = keeping(200);
    for (int i = 0; i < 50; i++) {
      keeping.score(List.of(Sequences.of("m" + i, ids(20, i))));
    }
    lookups.clear();

    for (int i = 0; i < 50; i++) {
      keeping.score(List.of(Sequences.of("m" + i, ids(20, i))));
    }

    assertThat(lookups.stream().filter("1 known, 0 not"::equals).count()).isLessThanOrEqualTo(3);
  }

  private SentimentScoring keeping(long tokens) {
    return new SentimentScoring(
        ref -> Sequences.loaded(ref, ref.equals(OTHER) ? other : model),
        new BatchCutter(new BatchBudget(10_000, 512)),
        new KnownRows(tokens),
        new ScoringObserver() {
          @Override
          public void batch(long tokens, long paddedTokens, long nanos) {}

          @Override
          public void spared(int known, int unknown) {
            lookups.add(known + " known, " + unknown + " not");
          }
        });
  }

  private static Failed<SentimentScore> failed(Scoring<SentimentScore> result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed<SentimentScore>) result;
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
