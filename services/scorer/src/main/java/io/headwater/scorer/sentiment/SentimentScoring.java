package io.headwater.scorer.sentiment;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.batch.SegmentPooler;
import io.headwater.scorer.batch.SegmentSlot;
import io.headwater.scorer.batch.SideBySide;
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
import java.util.Optional;

/**
 * Scores a unit of work: many token sequences at once, in batches, each by the model on its stamp.
 * One bad sequence never harms its neighbours: a batch that fails is halved until the culprit
 * stands alone. Owned by one thread; the model's calls may run beside it on others.
 */
public final class SentimentScoring implements TaskScoring<SentimentScore> {
  private final Models<LoadedModel> models;
  private final BatchCutter cutter;
  private final KnownRows known;
  private final ScoringObserver observer;
  private final SideBySide sideBySide = new SideBySide("headwater-scorer-call");

  /** Scoring that runs every segment, whether it was seen before or not. */
  public SentimentScoring(
      Models<LoadedModel> models, BatchCutter cutter, ScoringObserver observer) {
    this(models, cutter, new KnownRows(0), observer);
  }

  /** Scoring that runs no segment again that is known. */
  public SentimentScoring(
      Models<LoadedModel> models, BatchCutter cutter, KnownRows known, ScoringObserver observer) {
    this.models = models;
    this.known = known;
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
    SegmentsOnce segments = new SegmentsOnce(model, known);
    for (int i : indexes) {
      try {
        segments.add(i, SegmentedRecord.of(sequences.get(i), model));
      } catch (InvalidTokensException e) {
        answers.failed(i, DeadLetterCause.INVALID_TOKENS, String.valueOf(e.getMessage()));
      }
    }
    if (known.keeps()) {
      observer.spared(segments.spared(), segments.toRun().size());
    }
    int calls = model.model().calls();
    sideBySide.run(
        calls,
        cutter.cut(segments.toRun(), calls),
        batch -> called(batch, model),
        (batch, call) -> take(batch, call, model, segments),
        pulse);
    segments
        .records()
        .forEach((i, record) -> answers.put(i, finished(sequences.get(i), record, model)));
  }

  /**
   * What came of a call of the model.
   *
   * @param rows of probabilities; none when it failed
   * @param failure why it failed
   */
  private record Call(
      Optional<float[][]> rows,
      Optional<RuntimeException> failure,
      long paddedTokens,
      long nanos) {}

  private static Call called(List<SegmentSlot> batch, LoadedModel model) {
    List<int[]> ids = batch.stream().map(SegmentSlot::ids).toList();
    long padded = ids.stream().mapToLong(row -> row.length).max().orElse(0) * ids.size();
    long begun = System.nanoTime();
    try {
      float[][] rows = model.model().probabilities(ids);
      long nanos = System.nanoTime() - begun;
      if (rows.length != batch.size()) {
        throw new IllegalStateException(
            "the model gave %d rows for %d segments".formatted(rows.length, batch.size()));
      }
      return new Call(Optional.of(rows), Optional.empty(), padded, nanos);
    } catch (RuntimeException e) {
      return new Call(Optional.empty(), Optional.of(e), padded, System.nanoTime() - begun);
    }
  }

  private void take(List<SegmentSlot> batch, Call call, LoadedModel model, SegmentsOnce segments) {
    if (call.failure().isEmpty()) {
      observer.batch(
          batch.stream().mapToLong(SegmentSlot::length).sum(), call.paddedTokens(), call.nanos());
      float[][] rows = call.rows().orElseThrow();
      for (int i = 0; i < rows.length; i++) {
        segments.put(batch.get(i), rows[i]);
      }
    } else if (batch.size() > 1) {
      int half = batch.size() / 2;
      for (List<SegmentSlot> part :
          List.of(batch.subList(0, half), batch.subList(half, batch.size()))) {
        take(part, called(part, model), model, segments);
      }
    } else {
      segments.fail(batch.get(0), String.valueOf(call.failure().get().getMessage()));
    }
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
