package io.headwater.trainer.translation.text;

import io.headwater.trainer.translation.TransformerShape;
import java.util.Objects;

/**
 * A sentence and its translation as token ids, special ones included. The arrays are the record's
 * own and must not be changed.
 *
 * @param source ids of the sentence, with the end
 * @param target ids of the translation, with the end and without the start
 */
@SuppressWarnings("ArrayRecordComponent") // millions of tokens: a box each is too dear
public record TokenPair(int[] source, int[] target) {
  /** Refuses nulls. */
  public TokenPair {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }

  /** What a decoder reads to write the target: the start, and the target without its last token. */
  public int[] shiftedTarget() {
    int[] before = new int[target.length];
    before[0] = TransformerShape.START;
    System.arraycopy(target, 0, before, 1, target.length - 1);
    return before;
  }

  /** Tokens of the longer side. */
  public int longest() {
    return Math.max(source.length, target.length);
  }
}
