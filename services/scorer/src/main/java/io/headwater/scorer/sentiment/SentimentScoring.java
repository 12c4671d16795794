package io.headwater.scorer.sentiment;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.batch.SegmentPooler;
import io.headwater.scorer.batch.SegmentSlot;
import io.headwater.scorer.task.Answers;
import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.Models;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import io.headwater.scorer.task.TaskScoring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a unit of work: many token sequences at once, in batches, each by the model on its stamp.
 * One bad sequence never harms its neighbours: a batch that fails is halved until the culprit
 * stands alone. Owned by one thread.
 */
public final class SentimentScoring implements TaskScoring<SentimentScore> {
  private final Models<LoadedModel> models;
  private final BatchCutter cutter;
  private final ScoringObserver observer;

  public SentimentScoring(
      Models<LoadedModel> models, BatchCutter cutter, ScoringObserver observer) {
    this.models = models;
    this.cutter = cutter;
    this.observer = observer;
  }

  @Override
  public List<Scoring<SentimentScore>> score(List<TokenSequence> sequences, Runnable pulse) {
    Answers<SentimentScore> answers = new Answers<>(sequences.size());
    Map<ModelRef, List<Integer>> byModel = new HashMap<>();
    for (int i = 0; i < sequences.size(); i++) {
      TokenSequence sequence = sequences.get(i);
      if (sequence.getSkipReason() == null) {
        byModel.computeIfAbsent(sequence.getModel(), unused -> new ArrayList<>()).add(i);
      } else {
        answers.scored(i, SentimentScores.skipped(sequence));
      }
    }
    byModel.forEach((ref, indexes) -> scoreWith(ref, indexes, sequences, answers, pulse));
    return answers.complete();
  }

  private void scoreWith(
      ModelRef ref,
      List<Integer> indexes,
      List<TokenSequence> sequences,
      Answers<SentimentScore> answers,
      Runnable pulse) {
    LoadedModel model;
    try {
      model = models.require(ref);
    } catch (UnknownModelException e) {
      String unknown = String.valueOf(e.getMessage());
      indexes.forEach(i -> answers.failed(i, DeadLetterCause.UNKNOWN_MODEL, unknown));
      return;
    }
    Map<Integer, SegmentedRecord> records = new HashMap<>();
    List<SegmentSlot> slots = new ArrayList<>();
    for (int i : indexes) {
      try {
        SegmentedRecord record = SegmentedRecord.of(sequences.get(i), model);
        records.put(i, record);
        slots.addAll(record.slots(i));
      } catch (InvalidTokensException e) {
        answers.failed(i, DeadLetterCause.INVALID_TOKENS, String.valueOf(e.getMessage()));
      }
    }
    for (List<SegmentSlot> batch : cutter.cut(slots)) {
      pulse.run();
      run(batch, model, records);
    }
    records.forEach((i, record) -> answers.put(i, finished(sequences.get(i), record, model)));
  }

  private void run(
      List<SegmentSlot> batch, LoadedModel model, Map<Integer, SegmentedRecord> records) {
    float[][] rows;
    try {
      rows = observed(batch, model);
    } catch (RuntimeException e) {
      if (batch.size() > 1) {
        int half = batch.size() / 2;
        run(batch.subList(0, half), model, records);
        run(batch.subList(half, batch.size()), model, records);
      } else {
        SegmentSlot culprit = batch.get(0);
        recordOf(culprit, records)
            .fail(
                "The model failed on segment %d: %s".formatted(culprit.segment(), e.getMessage()));
      }
      return;
    }
    for (int i = 0; i < rows.length; i++) {
      SegmentSlot slot = batch.get(i);
      recordOf(slot, records).put(slot.segment(), rows[i]);
    }
  }

  private float[][] observed(List<SegmentSlot> batch, LoadedModel model) {
    List<int[]> ids = batch.stream().map(SegmentSlot::ids).toList();
    long real = ids.stream().mapToLong(row -> row.length).sum();
    long longest = ids.stream().mapToInt(row -> row.length).max().orElse(0);
    long begun = System.nanoTime();
    float[][] rows = model.model().probabilities(ids);
    observer.batch(real, longest * ids.size(), System.nanoTime() - begun);
    if (rows.length != batch.size()) {
      throw new IllegalStateException(
          "the model gave %d rows for %d segments".formatted(rows.length, batch.size()));
    }
    return rows;
  }

  private static SegmentedRecord recordOf(SegmentSlot slot, Map<Integer, SegmentedRecord> records) {
    SegmentedRecord record = records.get(slot.record());
    if (record == null) {
      throw new IllegalStateException("A segment without its record");
    }
    return record;
  }

  private static Scoring<SentimentScore> finished(
      TokenSequence sequence, SegmentedRecord record, LoadedModel model) {
    String failure = record.failure();
    if (failure != null) {
      return new Failed<>(DeadLetterCause.MODEL_FAILURE, failure);
    }
    float[] pooled = SegmentPooler.pool(record.probabilities(), record.weights());
    List<LabelProbability> labelled = new ArrayList<>(pooled.length);
    for (int i = 0; i < pooled.length; i++) {
      labelled.add(new LabelProbability(model.labels().get(i), pooled[i]));
    }
    SentimentScore score = SentimentScores.scored(sequence, model, labelled);
    return new Scored<>(score);
  }
}
