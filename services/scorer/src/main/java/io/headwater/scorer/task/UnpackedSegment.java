package io.headwater.scorer.task;

import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.TokenInts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment as ints, checked against the model that shall run it. The arrays are the record's own
 * and must not be changed.
 *
 * @param ids token ids, special tokens included
 * @param starts for each token where it starts in the text, in UTF-16 code units; negative for
 *     special tokens
 * @param ends where it ends (exclusive), as {@code starts}
 * @param firstToken index of the segment's first token among those of the text
 */
@SuppressWarnings("ArrayRecordComponent") // millions of tokens pass here: a box each is too dear
public record UnpackedSegment(int[] ids, int[] starts, int[] ends, int firstToken) {

  /**
   * Unpacks and checks a sequence's segments.
   *
   * @return at least one
   * @throws InvalidTokensException when they do not fit: no segment, another tokenizer, a length or
   *     an id that the model does not take, offsets that are not as many as the tokens
   */
  public static List<UnpackedSegment> of(TokenSequence sequence, TokenLimits limits)
      throws InvalidTokensException {
    List<TokenSegment> packed = sequence.getSegments();
    if (packed.isEmpty()) {
      throw new InvalidTokensException("The sequence has no segments");
    }
    if (!sequence.getTokenizerDigest().equals(limits.tokenizerDigest())) {
      throw new InvalidTokensException(
          "The tokens were made by another tokenizer than that of the model on their stamp");
    }
    List<UnpackedSegment> segments = new ArrayList<>(packed.size());
    for (int i = 0; i < packed.size(); i++) {
      int[] ids = ints(packed.get(i).getTokenIds());
      check(ids, i, limits);
      checkPlace(packed.get(i), ids.length, i);
      segments.add(
          new UnpackedSegment(
              ids,
              ints(packed.get(i).getStartOffsets()),
              ints(packed.get(i).getEndOffsets()),
              packed.get(i).getFirstToken()));
    }
    return segments;
  }

  /** How many of the tokens are the text's own: not special ones. */
  public int ownTokens() {
    int own = 0;
    for (int start : starts) {
      if (start >= 0) {
        own++;
      }
    }
    return own;
  }

  private static int[] ints(ByteBuffer packed) throws InvalidTokensException {
    try {
      return TokenInts.unpack(packed);
    } catch (IllegalArgumentException e) {
      throw new InvalidTokensException("A segment's " + e.getMessage());
    }
  }

  private static void check(int[] ids, int segment, TokenLimits limits)
      throws InvalidTokensException {
    if (ids.length == 0 || ids.length > limits.maxTokens()) {
      throw new InvalidTokensException(
          "Segment %d has %d tokens; the model takes 1 to %d"
              .formatted(segment, ids.length, limits.maxTokens()));
    }
    for (int id : ids) {
      if (id < 0 || id >= limits.vocabularySize()) {
        throw new InvalidTokensException(
            "Segment %d has token id %d; the vocabulary ends at %d"
                .formatted(segment, id, limits.vocabularySize() - 1));
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
}
