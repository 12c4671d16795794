package io.headwater.tokenizer.text;

import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Brings text to Unicode Normalization Form C (Unicode Standard Annex 15) and takes out what no
 * model shall read: control characters other than tab and line ends, byte order marks, and halves
 * of surrogate pairs (these become U+FFFD). Everything else stays, emoji and their joiners too.
 * Thread-safe.
 */
public final class TextNormalizer {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int LONG_PIECE = 64;

  private final Normalizer2 nfc = Normalizer2.getNFCInstance();

  /** The text in normal form. */
  public NormalizedText normalize(String written) {
    // The quick check alone: the full one takes the square of the length of a row of accents.
    if (written.codePoints().noneMatch(TextNormalizer::isChanged)
        && nfc.spanQuickCheckYes(written) == written.length()) {
      return NormalizedText.unchanged(written);
    }
    NormalizedText rewritten = new Rewriting(written).run();
    return rewritten.text().equals(written) ? NormalizedText.unchanged(written) : rewritten;
  }

  private static boolean isChanged(int codePoint) {
    return isDropped(codePoint) || isLoneSurrogate(codePoint);
  }

  private static boolean isDropped(int codePoint) {
    return codePoint == BYTE_ORDER_MARK
        || (Character.isISOControl(codePoint)
            && codePoint != '\t'
            && codePoint != '\n'
            && codePoint != '\r');
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * A piece's normal form. ICU sorts the marks on a letter by inserting one after another, which on
   * a hostile text of half a million marks takes hours; so a long piece is decomposed and sorted
   * here first.
   */
  private String composed(StringBuilder piece) {
    return nfc.normalize(piece.length() <= LONG_PIECE ? piece : decomposed(piece));
  }

  private String decomposed(CharSequence piece) {
    int[] points =
        piece
            .codePoints()
            .flatMap(
                point -> {
                  String parts = nfc.getDecomposition(point);
                  return parts == null ? IntStream.of(point) : parts.codePoints();
                })
            .toArray();
    StringBuilder ordered = new StringBuilder(points.length);
    int at = 0;
    while (at < points.length) {
      int end = at;
      while (end < points.length && nfc.getCombiningClass(points[end]) != 0) {
        end++;
      }
      Arrays.stream(points, at, end)
          .boxed()
          .sorted(Comparator.comparingInt(nfc::getCombiningClass))
          .forEach(ordered::appendCodePoint);
      if (end < points.length) {
        ordered.appendCodePoint(points[end]);
      }
      at = end + 1;
    }
    return ordered.toString();
  }

  /**
   * One pass over a text. It is cut where nothing before can compose with anything after
   * (normalisation boundaries), and each piece is normalised by itself, so that every unit of the
   * result knows the piece that it came from.
   */
  private final class Rewriting {
    private final String written;
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Rewriting(String written) {
      this.written = written;
      this.text = new StringBuilder(written.length());
      this.starts = new int[written.length() + 16];
      this.ends = new int[written.length() + 16];
    }

    NormalizedText run() {
      StringBuilder piece = new StringBuilder();
      int pieceStart = 0;
      int pieceEnd = 0;
      int at = 0;
      while (at < written.length()) {
        int codePoint = written.codePointAt(at);
        int next = at + Character.charCount(codePoint);
        if (!isDropped(codePoint)) {
          int kept = isLoneSurrogate(codePoint) ? REPLACEMENT : codePoint;
          if (nfc.hasBoundaryBefore(kept)) {
            flush(piece, pieceStart, pieceEnd);
            pieceStart = at;
          }
          piece.appendCodePoint(kept);
          pieceEnd = next;
        }
        at = next;
      }
      flush(piece, pieceStart, pieceEnd);
      return NormalizedText.changed(
          text.toString(),
          Arrays.copyOf(starts, text.length()),
          Arrays.copyOf(ends, text.length()));
    }

    private void flush(StringBuilder piece, int start, int end) {
      if (piece.length() == 0) {
        return;
      }
      int from = text.length();
      text.append(composed(piece));
      if (text.length() > starts.length) {
        starts = Arrays.copyOf(starts, text.length() * 2);
        ends = Arrays.copyOf(ends, text.length() * 2);
      }
      Arrays.fill(starts, from, text.length(), start);
      Arrays.fill(ends, from, text.length(), end);
      piece.setLength(0);
    }
  }
}
