package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.models.ModelCatalog;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.ScoringObserver;
import io.headwater.scorer.sentiment.SegmentModel;
import io.headwater.scorer.sentiment.SentimentScoring;
import io.headwater.scorer.sentiment.Sequences;
import io.headwater.scorer.task.Scoring;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What batches cost that fail in the model that ships, and are halved until the culprit stands
 * alone. Prints numbers and asserts none: {@code -Dheadwater.bench=true}.
 */
@EnabledIfSystemProperty(named = "headwater.bench", matches = "true")
class FailingBatchCostTest {
  private static final ModelRef SHIPPED = new ModelRef("sentiment-e5-small-v2", "1.3.0");
  private static final int POISON = 1_001;
  private static final int UNIT = 64;
  private static final int UNITS = 10;
  private static final int REPETITIONS = 5;

  /** When the run of a batch with the poison fails. */
  private enum Failing {
    AT_ONCE,
    AT_THE_END
  }

  @Test
  void tellsWhatFailingBatchesCost() {
    try (EngineModels<LoadedModel> models =
        EngineModels.sentiment(
            new ModelCatalog(Path.of(System.getProperty("headwater.packages"))),
            new EngineOptions(ExecutionProvider.CPU, 0),
            Clock.systemUTC())) {
      LoadedModel shipped = models.require(SHIPPED);
      for (Failing failing : Failing.values()) {
        for (int oneIn : new int[] {800, 100}) {
          List<Double> shares = new ArrayList<>();
          for (int repetition = -1; repetition < REPETITIONS; repetition++) {
            double without = seconds(shipped, failing, Integer.MAX_VALUE);
            double with = seconds(shipped, failing, oneIn);
            if (repetition >= 0) {
              shares.add(without / with);
            }
          }
          shares.sort(null);
          System.out.printf(
              "failing batches: fails=%s, one record in %d: median throughput share %.3f%n",
              failing, oneIn, shares.get(REPETITIONS / 2));
        }
      }
    }
  }

  /** Scores the units, in which every nth record has the poison. */
  private static double seconds(LoadedModel shipped, Failing failing, int oneIn) {
    SentimentScoring scoring =
        new SentimentScoring(
            ref -> poisoned(shipped, failing),
            new BatchCutter(new BatchBudget(1_024, 12)),
            ScoringObserver.NONE);
    Random random = new Random(3);
    long nanos = 0;
    int number = 0;
    for (int unit = 0; unit < UNITS; unit++) {
      List<TokenSequence> sequences = new ArrayList<>();
      for (int i = 0; i < UNIT; i++) {
        int[] ids = random.ints(8 + random.nextInt(40), 2_000, 20_000).toArray();
        if (++number % oneIn == oneIn / 2) {
          ids[1] = POISON;
        }
        TokenSequence sequence = Sequences.stamped(SHIPPED, Sequences.of("m", ids));
        sequence.setTokenizerDigest(shipped.limits().tokenizerDigest());
        sequences.add(sequence);
      }
      long begun = System.nanoTime();
      List<Scoring<SentimentScore>> scored = scoring.score(sequences);
      nanos += System.nanoTime() - begun;
      assertThat(scored).hasSize(UNIT);
    }
    return nanos / 1e9;
  }

  private static LoadedModel poisoned(LoadedModel shipped, Failing failing) {
    SegmentModel model =
        batch -> {
          boolean fails =
              batch.stream().anyMatch(ids -> Arrays.stream(ids).anyMatch(id -> id == POISON));
          if (fails && failing == Failing.AT_ONCE) {
            throw new IllegalStateException("poison");
          }
          float[][] rows = shipped.model().probabilities(batch);
          if (fails) {
            throw new IllegalStateException("poison");
          }
          return rows;
        };
    return new LoadedModel(
        shipped.ref(), shipped.provenance(), shipped.labels(), shipped.limits(), model);
  }
}
