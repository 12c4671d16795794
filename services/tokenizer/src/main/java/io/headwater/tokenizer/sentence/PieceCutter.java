package io.headwater.tokenizer.sentence;

import static java.util.Objects.requireNonNull;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import io.headwater.models.text.TokenizedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts a sentence that is too long for a model into pieces that fit: at white space, best after a
 * comma or the like; where there is none, where a line could end; and within a word only as the
 * last resort. Nothing but white space is between pieces. Not thread-safe: ICU's iterators are not.
 */
public final class PieceCutter {
  private static final String PAUSES = ",;:–—)”\"»…";

  private final Function<String, TokenizedText> tokenizer;
  private final List<BreakIterator> inWords =
      List.of(
          BreakIterator.getLineInstance(ULocale.ROOT),
          BreakIterator.getCharacterInstance(ULocale.ROOT));

  /**
   * A cutter.
   *
   * @param tokenizer the model's, for a whole piece; without special tokens
   */
  public PieceCutter(Function<String, TokenizedText> tokenizer) {
    this.tokenizer = requireNonNull(tokenizer, "tokenizer");
  }

  /**
   * The pieces of a sentence, in its order; none where the tokenizer sees nothing in it.
   *
   * @param mostTokens of a piece, special tokens not counted; at least 1
   */
  public List<Piece> cut(String text, Span sentence, int mostTokens) {
    List<Piece> pieces = new ArrayList<>();
    cut(text, sentence, mostTokens, pieces);
    return pieces;
  }

  private void cut(String text, Span span, int mostTokens, List<Piece> pieces) {
    TokenizedText tokens = shifted(tokenizer.apply(text.substring(span.start(), span.end())), span);
    if (tokens.length() <= mostTokens) {
      if (tokens.length() > 0) {
        pieces.add(new Piece(span, tokens));
      }
    } else if (text.codePointCount(span.start(), span.end()) == 1) {
      slices(span, tokens, mostTokens, pieces);
    } else {
      // Each is shorter than the whole, so this comes to an end.
      parts(text, span, tokens, mostTokens).forEach(part -> cut(text, part, mostTokens, pieces));
    }
  }

  /**
   * Where to cut, by the tokens of the whole: a part's own may be one or two more. Parts are about
   * equally long, so that none is a short remainder without context.
   */
  private List<Span> parts(String text, Span span, TokenizedText tokens, int mostTokens) {
    List<Span> parts = new ArrayList<>();
    int start = span.start();
    int first = 0;
    while (start < span.end()) {
      int left = tokens.length() - first;
      int end = span.end();
      if (left > mostTokens) {
        int share = divided(left, divided(left, mostTokens));
        int beyond = Math.max(tokens.starts()[first + share], nextCharacter(text, start));
        // The whole is no part of itself.
        int last = start == span.start() ? text.offsetByCodePoints(end, -1) : end;
        int furthest = Math.min(beyond, last);
        end = furthest < end ? bestCut(text, start, furthest) : end;
      }
      WhiteSpace.stripped(text, start, end).ifPresent(parts::add);
      start = end;
      while (start < span.end() && WhiteSpace.is(text.charAt(start))) {
        start++;
      }
      while (first < tokens.length() && tokens.ends()[first] <= start) {
        first++;
      }
    }
    return parts;
  }

  private static int divided(int tokens, int parts) {
    return (tokens + parts - 1) / parts;
  }

  /**
   * The best place for a cut.
   *
   * @param start of the piece, no white space
   * @param furthest the last place possible, after the start
   * @return after the start and no later than {@code furthest}
   */
  private int bestCut(String text, int start, int furthest) {
    int space = 0;
    for (int at = furthest; at > start; at--) {
      if (!WhiteSpace.is(text.charAt(at))) {
        continue;
      }
      boolean isPause = PAUSES.indexOf(text.charAt(at - 1)) >= 0;
      if (isPause && at - start > (furthest - start) / 2) {
        return at;
      }
      space = Math.max(space, at);
    }
    return space > 0 ? space : cutInWord(text, start, furthest);
  }

  private int cutInWord(String text, int start, int furthest) {
    String word = text.substring(start, Math.min(text.length(), furthest + 1));
    for (BreakIterator breaks : inWords) {
      breaks.setText(word);
      int at = breaks.preceding(furthest - start + 1);
      if (at > 0 && at != BreakIterator.DONE && start + at <= furthest) {
        return start + at;
      }
    }
    return Math.max(wholeCharacter(text, furthest), nextCharacter(text, start));
  }

  /** What one character becomes, when that alone is too long. */
  private static void slices(Span span, TokenizedText tokens, int mostTokens, List<Piece> pieces) {
    for (int from = 0; from < tokens.length(); from += mostTokens) {
      int to = Math.min(tokens.length(), from + mostTokens);
      pieces.add(
          new Piece(
              span,
              new TokenizedText(
                  Arrays.copyOfRange(tokens.ids(), from, to),
                  Arrays.copyOfRange(tokens.starts(), from, to),
                  Arrays.copyOfRange(tokens.ends(), from, to))));
    }
  }

  private static int nextCharacter(String text, int at) {
    return at + Character.charCount(text.codePointAt(at));
  }

  /** Never between the halves of a surrogate pair. */
  private static int wholeCharacter(String text, int at) {
    boolean isInside =
        at > 0
            && at < text.length()
            && Character.isLowSurrogate(text.charAt(at))
            && Character.isHighSurrogate(text.charAt(at - 1));
    return isInside ? at - 1 : at;
  }

  private static TokenizedText shifted(TokenizedText tokens, Span span) {
    if (span.start() == 0) {
      return tokens;
    }
    int[] starts = Arrays.stream(tokens.starts()).map(at -> at + span.start()).toArray();
    int[] ends = Arrays.stream(tokens.ends()).map(at -> at + span.start()).toArray();
    return new TokenizedText(tokens.ids(), starts, ends);
  }
}
