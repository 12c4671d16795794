package io.headwater.scorer.sentiment;

import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.batch.SegmentPooler;
import io.headwater.scorer.batch.SegmentSlot;
import java.nio.ByteBuffer;
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
    List<TokenSegment> packed = sequence.getSegments();
    if (packed.isEmpty()) {
      throw new InvalidTokensException("The sequence has no segments");
    }
    if (!sequence.getTokenizerDigest().equals(model.tokenizerDigest())) {
      throw new InvalidTokensException(
          "The tokens were made by another tokenizer than that of the model on their stamp");
    }
    List<int[]> segments = new ArrayList<>(packed.size());
    int[] firstTokens = new int[packed.size()];
    int[] ownTokens = new int[packed.size()];
    for (int i = 0; i < packed.size(); i++) {
      int[] ids = ints(packed.get(i).getTokenIds());
      check(ids, i, model);
      checkPlace(packed.get(i), ids.length, i);
      segments.add(ids);
      firstTokens[i] = packed.get(i).getFirstToken();
      ownTokens[i] = own(ints(packed.get(i).getStartOffsets()));
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

  private static int[] ints(ByteBuffer packed) throws InvalidTokensException {
    try {
      return TokenInts.unpack(packed);
    } catch (IllegalArgumentException e) {
      throw new InvalidTokensException("A segment's " + e.getMessage());
    }
  }

  private static void check(int[] ids, int segment, LoadedModel model)
      throws InvalidTokensException {
    if (ids.length == 0 || ids.length > model.maxTokens()) {
      throw new InvalidTokensException(
          "Segment %d has %d tokens; the model takes 1 to %d"
              .formatted(segment, ids.length, model.maxTokens()));
    }
    for (int id : ids) {
      if (id < 0 || id >= model.vocabularySize()) {
        throw new InvalidTokensException(
            "Segment %d has token id %d; the vocabulary ends at %d"
                .formatted(segment, id, model.vocabularySize() - 1));
      }
    }
  }

  /** What a segment weighs follows from its place in the text: that must make sense as well. */
  private static void checkPlace(TokenSegment packed, int tokens, int segment)
      throws InvalidTokensException {
    int bytes = tokens * Integer.BYTES;
    if (packed.getStartOffsets().remaining() != bytes
        || packed.getEndOffsets().remaining() != bytes) {
      throw new InvalidTokensException(
          "Segment %d has %d tokens, and its offsets are not as many".formatted(segment, tokens));
    }
    if (packed.getFirstToken() < 0) {
      throw new InvalidTokensException("Segment %d begins before its text".formatted(segment));
    }
  }

  private static int own(int[] startOffsets) {
    int own = 0;
    for (int start : startOffsets) {
      if (start >= 0) {
        own++;
      }
    }
    return own;
  }
}
