package io.headwater.tokenizer.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.text.TokenizedText;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PieceCutterTest {
  private final PieceCutter cutter = new PieceCutter(Words::encode);

  @Test
  void aSentenceThatFitsIsOnePieceWithOffsetsIntoTheText() {
    String text = "Ja. Der Film war gut.";

    List<Piece> pieces = cutter.cut(text, new Span(4, text.length()), 5);

    assertThat(pieces).hasSize(1);
    assertThat(pieces.get(0).span()).isEqualTo(new Span(4, text.length()));
    TokenizedText tokens = pieces.get(0).tokens();
    assertThat(
            IntStream.range(0, tokens.length())
                .mapToObj(i -> text.substring(tokens.starts()[i], tokens.ends()[i])))
        .containsExactly("Der", "Film", "war", "gut", ".");
  }

  @Test
  void aLongSentenceIsCutAfterACommaRatherThanElsewhere() {
    assertThat(cut("Das ist doch gut, aber das hier ist es ganz und gar", 9))
        .containsExactly("Das ist doch gut,", "aber das hier ist es ganz und gar");
  }

  @Test
  void aLongSentenceIsCutIntoPiecesOfAboutTheSameLength() {
    assertThat(cut("a b c d e f g h i", 8)).containsExactly("a b c d e", "f g h i");
  }

  @Test
  void aTextWithoutSpacesIsCutWhereALineCouldEnd() {
    assertThat(cut("www.example-one.example-two.example", 6))
        .allSatisfy(piece -> assertThat(piece).matches("[a-z].*"));
    assertThat(cut("これはとても長い文です", 6)).allSatisfy(piece -> assertThat(piece).isNotEmpty());
  }

  @Test
  void aWordIsOnlyCutWhereItDoesNotFitByItself() {
    assertThat(cut("so Donaudampfschifffahrtsgesellschaft da", 5))
        .containsExactly("so", "Donaudampfschifffahr", "tsgesellschaft da");
  }

  @Test
  void oneCharacterThatDoesNotFitIsCutIntoItsTokens() {
    String text = "a " + Words.EIGHTEEN;

    List<Piece> pieces = cutter.cut(text, new Span(0, text.length()), 7);

    assertThat(pieces).extracting(piece -> piece.tokens().length()).containsExactly(1, 7, 7, 4);
    assertThat(pieces.get(3).span()).isEqualTo(new Span(2, 3));
  }

  @Test
  void whatTheTokenizerSeesNothingInHasNoPiece() {
    PieceCutter blind = new PieceCutter(text -> new TokenizedText(ints(), ints(), ints()));

    assertThat(blind.cut("\u200B", new Span(0, 1), 5)).isEmpty();
  }

  @Test
  void aTokenizerWhosePartsHaveMoreTokensThanTheWholeIsNoTrap() {
    // The whole has a token for two characters, a part has one for each.
    PieceCutter odd =
        new PieceCutter(
            text -> {
              int step = text.length() > 8 ? 2 : 1;
              int[] starts = IntStream.range(0, (text.length() + 1) / step).toArray();
              int[] ends = new int[starts.length];
              for (int i = 0; i < starts.length; i++) {
                starts[i] = Math.min(text.length(), i * step);
                ends[i] = Math.min(text.length(), (i + 1) * step);
              }
              return new TokenizedText(new int[starts.length], starts, ends);
            });

    List<Piece> pieces = odd.cut("abcdefghijklmnopqrst", new Span(0, 20), 4);

    assertThat(pieces).allSatisfy(piece -> assertThat(piece.tokens().length()).isBetween(1, 4));
    assertThat(pieces.get(pieces.size() - 1).span().end()).isEqualTo(20);
  }

  @Property(tries = 1_000)
  void everyPieceFitsAndNothingButWhiteSpaceIsBetweenThem(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 12) int limit) {
    int end = 0;
    for (Piece piece : cutAll(text, limit)) {
      Span span = piece.span();
      assertThat(piece.tokens().length()).isBetween(1, limit);
      if (span.start() >= end) {
        assertThat(WhiteSpace.stripped(text, /* start= */ end, /* end= */ span.start())).isEmpty();
      } else {
        // The same character again, in a row of slices.
        assertThat(span.end()).isEqualTo(end);
      }
      assertThat(IntStream.of(piece.tokens().starts())).allMatch(at -> at >= span.start());
      assertThat(IntStream.of(piece.tokens().ends())).allMatch(at -> at <= span.end());
      end = span.end();
    }
    assertThat(WhiteSpace.stripped(text, end, text.length())).isEmpty();
  }

  @Property(tries = 500)
  void noTokenIsLostWhereNoWordIsCut(
      @ForAll("sentences") String text, @ForAll @IntRange(min = 4, max = 12) int limit) {
    List<Piece> pieces = cutAll(text, limit);

    int[] whole = Words.encode(text).ids();
    assertThat(pieces.stream().flatMapToInt(piece -> IntStream.of(piece.tokens().ids())).toArray())
        .isEqualTo(whole);
    for (Piece piece : pieces) {
      int end = piece.span().end();
      assertThat(end == text.length() || text.charAt(end) == ' ').isTrue();
    }
  }

  @Test
  @Timeout(60)
  void aMebibyteWithoutASentencesEndIsCutInSeconds() {
    for (String part : List.of("a", "a ", "ab, ", "日", "e\u0301", "😀", "ab-")) {
      String text = part.repeat((1 << 20) / part.length()).strip();

      assertThat(cutter.cut(text, new Span(0, text.length()), 100)).isNotEmpty();
    }
  }

  private List<String> cut(String text, int limit) {
    return cutter.cut(text, new Span(0, text.length()), limit).stream()
        .map(piece -> text.substring(piece.span().start(), piece.span().end()))
        .toList();
  }

  private List<Piece> cutAll(String text, int limit) {
    var whole = WhiteSpace.stripped(text, 0, text.length());
    Assume.that(whole.isPresent());
    return cutter.cut(text, whole.orElseThrow(), limit);
  }

  private static int[] ints() {
    return new int[0];
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "Wort",
            "a",
            "Donaudampfschiff",
            ",",
            " ",
            " ",
            "  ",
            "\u00A0",
            "-",
            "日本語",
            "😀",
            "👩\u200D👧",
            "e\u0301",
            "…",
            ";",
            Words.EIGHTEEN,
            "\u0301\u0301\u0301");
    return Arbitraries.frequencyOf(
        Tuple.of(4, parts.list().ofMinSize(1).ofMaxSize(60).map(all -> String.join("", all))),
        Tuple.of(1, wellFormed()));
  }

  /** Words that fit any piece. */
  @Provide
  Arbitrary<String> sentences() {
    return Arbitraries.of("Wort", "a", "Wörter", "zwölfzeichen", "da,", "und")
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(words -> String.join(" ", words));
  }

  private static Arbitrary<String> wellFormed() {
    return Arbitraries.integers()
        .between(1, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(40)
        .map(points -> new String(points.stream().mapToInt(p -> p).toArray(), 0, points.size()));
  }
}
