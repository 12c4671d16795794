package io.headwater.models.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a tokenized text into overlapping windows that fit a model, each between the model's special
 * tokens. No token is lost: each is in at least one segment. Immutable and thread-safe.
 */
public final class SegmentCutter {

  private final int[] before;
  private final int[] after;
  private final int window;
  private final int overlap;

  /**
   * A cutter for one model.
   *
   * @param before special tokens that open each segment
   * @param after special tokens that close each segment
   * @param maxTokens longest segment, special tokens included
   * @param overlap how many tokens a segment repeats from the one before it
   * @throws IllegalArgumentException if a segment would have no room to move on
   */
  public SegmentCutter(int[] before, int[] after, int maxTokens, int overlap) {
    this.before = before.clone();
    this.after = after.clone();
    this.window = maxTokens - before.length - after.length;
    this.overlap = overlap;
    if (overlap < 0 || overlap >= window) {
      throw new IllegalArgumentException(
          "an overlap of "
              + overlap
              + " tokens does not fit segments of "
              + maxTokens
              + ": choose 0 to "
              + (window - 1));
    }
  }

  /**
   * All segments of a text, in its order: as few as can be, all of one length and as far from each
   * other, so that none is a short remainder without context, and hardly a token is in two of them
   * without need. An empty text gives one segment of special tokens only.
   */
  public List<Segment> cut(TokenizedText text) {
    if (fits(text)) {
      return List.of(first(text));
    }
    int length = text.length();
    int step = window - overlap;
    int count = (length - overlap + step - 1) / step;
    int own = Math.toIntExact((length + (count - 1L) * overlap + count - 1) / count);
    List<Segment> segments = new ArrayList<>(count);
    for (long i = 0; i < count; i++) {
      segments.add(segment(text, Math.toIntExact(i * (length - own) / (count - 1)), own));
    }
    return List.copyOf(segments);
  }

  /** Whether a text is one segment. */
  public boolean fits(TokenizedText text) {
    return text.length() <= window;
  }

  /** As much of a text's beginning as fits a segment. */
  public Segment first(TokenizedText text) {
    return segment(text, 0, Math.min(window, text.length()));
  }

  private Segment segment(TokenizedText text, int first, int own) {
    int[] ids = new int[before.length + own + after.length];
    System.arraycopy(before, 0, ids, 0, before.length);
    System.arraycopy(text.ids(), first, ids, before.length, own);
    System.arraycopy(after, 0, ids, before.length + own, after.length);
    return new Segment(
        ids,
        framed(text.starts(), first, own, ids.length),
        framed(text.ends(), first, own, ids.length),
        first);
  }

  private int[] framed(int[] offsets, int first, int own, int length) {
    int[] framed = new int[length];
    Arrays.fill(framed, Segment.NOWHERE);
    System.arraycopy(offsets, first, framed, before.length, own);
    return framed;
  }
}
