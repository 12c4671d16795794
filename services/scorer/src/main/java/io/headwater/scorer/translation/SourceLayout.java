package io.headwater.scorer.translation;

import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.UnpackedSegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The white space of a text around its segments: before the first, between two, and after the last.
 * A translation gets the same, so that its paragraphs are those of the original.
 */
final class SourceLayout {
  private final List<String> before;
  private final String after;

  private SourceLayout(List<String> before, String after) {
    this.before = before;
    this.after = after;
  }

  /**
   * The layout of a text.
   *
   * @param segments in the order of the text; one without tokens of the text stands at the end of
   *     the one before it
   * @throws InvalidTokensException when an offset is outside the text, or the segments are not in
   *     its order
   */
  static SourceLayout of(String text, List<UnpackedSegment> segments)
      throws InvalidTokensException {
    List<String> before = new ArrayList<>(segments.size());
    int done = 0;
    int lastStart = 0;
    for (int i = 0; i < segments.size(); i++) {
      UnpackedSegment segment = segments.get(i);
      int start = text.length();
      int end = 0;
      for (int token = 0; token < segment.ids().length; token++) {
        if (segment.starts()[token] >= 0) {
          check(segment, token, i, text);
          start = Math.min(start, segment.starts()[token]);
          end = Math.max(end, segment.ends()[token]);
        }
      }
      if (end == 0) {
        before.add("");
        continue;
      }
      if (start < lastStart) {
        throw new InvalidTokensException("Segment %d is not in the order of the text".formatted(i));
      }
      lastStart = start;
      // Some tokenizers count the space before a word as the word's.
      end = WhiteSpace.lastEnd(text, start, end);
      before.add(
          WhiteSpace.of(text, done, Math.max(done, WhiteSpace.firstStart(text, start, end))));
      done = Math.max(done, end);
    }
    return new SourceLayout(before, WhiteSpace.of(text, done, text.length()));
  }

  private static void check(UnpackedSegment segment, int token, int number, String text)
      throws InvalidTokensException {
    int start = segment.starts()[token];
    int end = segment.ends()[token];
    if (end < start || end > text.length()) {
      throw new InvalidTokensException(
          "Segment %d has a token from %d to %d; the text has %d code units"
              .formatted(number, start, end, text.length()));
    }
  }

  /**
   * A translation laid out as the original. Where nothing stood between two sentences a space is
   * put, if the language writes spaces; where only a space stood, none is put if it does not.
   *
   * @param pieces the translation of each segment
   * @param language BCP 47 code of the translation
   */
  Joined join(List<String> pieces, String language) {
    boolean spaces = WhiteSpace.isWrittenIn(language);
    StringBuilder text = new StringBuilder();
    int[] starts = new int[pieces.size()];
    for (int i = 0; i < starts.length; i++) {
      String piece = pieces.get(i);
      String gap = before.get(i);
      if (i > 0 && gap.equals(" ") && !spaces) {
        gap = "";
      } else if (spaces && gap.isEmpty() && !piece.isEmpty() && endsInWord(text)) {
        gap = " ";
      }
      text.append(gap);
      starts[i] = text.length();
      text.append(piece);
    }
    return new Joined(text.append(after).toString(), starts);
  }

  private static boolean endsInWord(StringBuilder text) {
    return !text.isEmpty() && !WhiteSpace.is(text.charAt(text.length() - 1));
  }

  /**
   * The whole translation.
   *
   * @param text of all pieces
   * @param starts where each piece begins in it, in UTF-16 code units
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by the one who asked for it
  record Joined(String text, int[] starts) {}
}
