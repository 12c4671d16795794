package io.headwater.scorer.sentiment;

import io.headwater.avro.ExplainedSegment;
import io.headwater.avro.Explanation;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.models.explain.AttentionMaps;
import io.headwater.models.explain.ExplainLimits;
import io.headwater.models.explain.SegmentExplanation;
import io.headwater.models.explain.SentimentExplainer;
import io.headwater.schemas.PackedFloats;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.Models;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.UnpackedSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Explains scores, each by the model that made it. What cannot be explained says why: the score is
 * there all the same. The same tokens and score give the same explanation. Owned by one thread.
 */
public final class SentimentExplanations implements Explaining<SentimentScore> {
  private static final Provenance NOTHING_RAN = new Provenance("", "", "", "");

  private final Models<LoadedExplainer> models;
  private final ExplanationBudget budget;

  public SentimentExplanations(Models<LoadedExplainer> models, ExplanationBudget budget) {
    this.models = models;
    this.budget = budget;
  }

  @Override
  public Optional<Explanation> explain(
      TokenSequence sequence, SentimentScore score, Runnable pulse) {
    if (!sequence.getExplain() || score.getSkipReason() != null) {
      return Optional.empty();
    }
    try {
      LoadedExplainer model = models.require(sequence.getModel());
      List<UnpackedSegment> segments = UnpackedSegment.of(sequence, model.limits());
      return Optional.of(explained(score, model, segments, pulse));
    } catch (UnknownModelException | InvalidTokensException e) {
      return Optional.of(Explaining.missing(explanation(score, NOTHING_RAN), reason(e)));
    }
  }

  private Explanation explained(
      SentimentScore score, LoadedExplainer model, List<UnpackedSegment> segments, Runnable pulse) {
    Explanation explanation = explanation(score, model.provenance());
    int parts = budget.parts(segments.stream().mapToLong(segment -> segment.ids().length).sum());
    int label = model.labels().indexOf(score.getLabel());
    int room = budget.mapBytes();
    List<ExplainedSegment> written = new ArrayList<>(segments.size());
    for (UnpackedSegment segment : segments) {
      pulse.run();
      SegmentExplanation found;
      try {
        found =
            model
                .explainer()
                .explain(
                    segment.ids(),
                    SentimentExplainer.special(segment.starts()),
                    label,
                    new ExplainLimits(parts, room));
      } catch (RuntimeException e) {
        return Explaining.missing(explanation, "the model failed: " + reason(e));
      }
      room -= found.maps().map(maps -> maps.weights().length).orElse(0);
      written.add(written(segment, found));
    }
    explanation.setSegments(written);
    agreement(segments, written).ifPresent(explanation::setAgreement);
    return explanation;
  }

  private static Explanation explanation(SentimentScore score, Provenance provenance) {
    Explanation explanation = new Explanation();
    explanation.setMessageId(score.getMessageId());
    explanation.setOrigin(score.getOrigin());
    explanation.setModel(score.getModel());
    explanation.setProvenance(provenance);
    explanation.setTextSource(score.getTextSource());
    explanation.setLabel(score.getLabel());
    explanation.setProbability(
        score.getProbabilities().stream()
            .filter(item -> item.getLabel().equals(score.getLabel()))
            .mapToDouble(LabelProbability::getProbability)
            .findFirst()
            .orElse(0));
    explanation.setSegments(List.of());
    return explanation;
  }

  private static ExplainedSegment written(UnpackedSegment segment, SegmentExplanation found) {
    ExplainedSegment written = new ExplainedSegment();
    written.setStartOffsets(TokenInts.pack(segment.starts()));
    written.setEndOffsets(TokenInts.pack(segment.ends()));
    written.setRollout(PackedFloats.pack(found.tokens().rollout()));
    written.setLastLayer(PackedFloats.pack(found.tokens().lastLayer()));
    written.setOcclusion(PackedFloats.pack(found.tokens().occlusion()));
    written.setMaskedParts(found.parts());
    found.tokens().agreement().ifPresent(written::setAgreement);
    if (found.maps().isPresent()) {
      AttentionMaps maps = found.maps().get();
      written.setLayers(maps.layers());
      written.setHeads(maps.heads());
      written.setAttention(ByteBuffer.wrap(maps.weights()));
    }
    return written;
  }

  /** The mean over the segments that have one, weighted with their tokens. */
  private static OptionalDouble agreement(
      List<UnpackedSegment> segments, List<ExplainedSegment> written) {
    double sum = 0;
    long tokens = 0;
    for (int i = 0; i < segments.size(); i++) {
      Double agreement = written.get(i).getAgreement();
      if (agreement != null) {
        int own = segments.get(i).ownTokens();
        sum += agreement * own;
        tokens += own;
      }
    }
    return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tokens);
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
