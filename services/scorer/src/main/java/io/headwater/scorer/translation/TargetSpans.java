package io.headwater.scorer.translation;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Where each generated token stands in the text of its segment. A token alone is no text: whether a
 * space goes before it, or which half of a letter it is, shows only with those before it. So ever
 * more of the tokens are decoded, and a token has what the text then has more.
 *
 * @param starts for each token, in UTF-16 code units, white space before a word not counted
 * @param ends exclusive, as {@code starts}; the same as the start for a token that adds nothing
 */
@SuppressWarnings("ArrayRecordComponent") // one for each token of an explained text
record TargetSpans(int[] starts, int[] ends) {
  static final TargetSpans NONE = new TargetSpans(new int[0], new int[0]);

  /**
   * Finds them.
   *
   * @param ids generated tokens
   * @param piece their text, without white space around it
   * @param decode gives tokens their text
   */
  static TargetSpans of(int[] ids, String piece, Function<int[], String> decode) {
    int[] starts = new int[ids.length];
    int[] ends = new int[ids.length];
    int done = 0;
    for (int i = 0; i < ids.length; i++) {
      int reached = common(decode.apply(Arrays.copyOf(ids, i + 1)), piece);
      int end = Math.max(done, reached);
      starts[i] = WhiteSpace.firstStart(piece, done, end);
      ends[i] = end;
      done = end;
    }
    return new TargetSpans(starts, ends);
  }

  /** The same spans in a text that has the piece at an offset. */
  TargetSpans at(int offset) {
    return new TargetSpans(
        Arrays.stream(starts).map(start -> start + offset).toArray(),
        Arrays.stream(ends).map(end -> end + offset).toArray());
  }

  /** How much of the piece a first part of its tokens has brought; never half a character. */
  private static int common(String decoded, String piece) {
    int skipped = WhiteSpace.firstStart(decoded, 0, decoded.length());
    int most = Math.min(decoded.length() - skipped, piece.length());
    int same = 0;
    while (same < most && decoded.charAt(skipped + same) == piece.charAt(same)) {
      same++;
    }
    return same > 0 && Character.isHighSurrogate(piece.charAt(same - 1)) ? same - 1 : same;
  }
}
