package io.headwater.tokenizer.text;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A text as the model shall read it, with the way back to the text as it was written. Positions are
 * in UTF-16 code units.
 */
public final class NormalizedText {
  private final String text;
  private final int @Nullable [] starts;
  private final int @Nullable [] ends;

  private NormalizedText(String text, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = requireNonNull(text, "text");
    this.starts = starts;
    this.ends = ends;
  }

  /** A text that needed no change. */
  static NormalizedText unchanged(String text) {
    return new NormalizedText(text, null, null);
  }

  /**
   * A changed text.
   *
   * @param starts for each unit of {@code text} where its origin starts in the written text
   * @param ends where its origin ends there, exclusive
   */
  static NormalizedText changed(String text, int[] starts, int[] ends) {
    return new NormalizedText(text, starts, ends);
  }

  /** The normalised text. */
  public String text() {
    return text;
  }

  /**
   * Where {@code [start, end)} of the normalised text lies in the written text.
   *
   * @return start and end, exclusive; {@code {-1, -1}} for the offsets of a special token
   */
  public int[] written(int start, int end) {
    if (start < 0) {
      return new int[] {-1, -1};
    }
    int[] from = starts;
    int[] to = ends;
    if (from == null || to == null) {
      return new int[] {start, end};
    }
    if (start == end) {
      int at = start < from.length ? from[start] : from.length == 0 ? 0 : to[to.length - 1];
      return new int[] {at, at};
    }
    return new int[] {from[start], to[end - 1]};
  }
}
