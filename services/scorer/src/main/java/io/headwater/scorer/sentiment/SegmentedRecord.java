package io.headwater.scorer.sentiment;

import io.headwater.avro.TokenSequence;
import io.headwater.scorer.batch.SegmentPooler;
import io.headwater.scorer.batch.SegmentSlot;
import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.UnpackedSegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token sequence on its way through the model: its checked segments, and their results so far.
 */
final class SegmentedRecord {
  private final List<int[]> segments;
  private final int[] weights;
  private final float[][] probabilities;
  private final int labels;
  private @Nullable String failure;

  private SegmentedRecord(List<int[]> segments, int[] weights, int labels) {
    this.segments = segments;
    this.weights = weights;
    this.labels = labels;
    this.probabilities = new float[segments.size()][];
  }

  /** Unpacks and checks a sequence's segments against the model that shall score them. */
  static SegmentedRecord of(TokenSequence sequence, LoadedModel model)
      throws InvalidTokensException {
    List<UnpackedSegment> unpacked = UnpackedSegment.of(sequence, model.limits());
    List<int[]> segments = new ArrayList<>(unpacked.size());
    int[] firstTokens = new int[unpacked.size()];
    int[] ownTokens = new int[unpacked.size()];
    for (int i = 0; i < unpacked.size(); i++) {
      segments.add(unpacked.get(i).ids());
      firstTokens[i] = unpacked.get(i).firstToken();
      ownTokens[i] = unpacked.get(i).ownTokens();
    }
    return new SegmentedRecord(
        segments, SegmentPooler.weights(firstTokens, ownTokens), model.labels().size());
  }

  List<SegmentSlot> slots(int record) {
    List<SegmentSlot> slots = new ArrayList<>(segments.size());
    for (int i = 0; i < segments.size(); i++) {
      slots.add(new SegmentSlot(record, i, segments.get(i)));
    }
    return slots;
  }

  void put(int segment, float[] row) {
    if (row.length != labels) {
      fail("The model gave %d probabilities for %d labels".formatted(row.length, labels));
      return;
    }
    for (float probability : row) {
      if (!Float.isFinite(probability)) {
        fail("The model gave a probability that is not a number");
        return;
      }
    }
    probabilities[segment] = row;
  }

  void fail(String reason) {
    failure = reason;
  }

  @Nullable String failure() {
    return failure;
  }

  float[][] probabilities() {
    return probabilities;
  }

  int[] weights() {
    return weights;
  }
}
