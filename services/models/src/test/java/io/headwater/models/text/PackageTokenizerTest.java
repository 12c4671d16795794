package io.headwater.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTokenizerTest {

  @TempDir static Path folder;
  private static PackageTokenizer tokenizer;

  @BeforeAll
  static void openTokenizer() {
    PackageFolder.good(folder);
    tokenizer = PackageTokenizer.open(ModelPackage.open(folder));
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void pointsBackIntoTheText() {
    String text = "The film is unlike bad films.";

    TokenizedText tokens = tokenizer.encode(text);

    assertThat(pieces(text, tokens))
        .containsExactly("The", "film", "is", "un", "like", "bad", "film", "s", ".");
  }

  @Test
  void countsOffsetsInCodeUnitsAfterAnEmoji() {
    String text = "\uD83D\uDE00 good \uD83D\uDC4D\uD83C\uDFFD film";

    TokenizedText tokens = tokenizer.encode(text);

    assertThat(pieces(text, tokens)).contains("good", "film");
    assertThat(pieces(text, tokens).get(0)).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void pointsAtAnAccentThatNormalizingTakesAway() {
    String text = "the cafe\u0301 is good";

    TokenizedText tokens = tokenizer.encode(text);

    assertThat(pieces(text, tokens)).startsWith("the", "caf").endsWith("is", "good");
  }

  @Test
  void neitherTruncatesNorPadsWhateverItsFileSays() {
    TokenizedText tokens = tokenizer.encode("good ".repeat(5_000));

    assertThat(tokens.length()).isEqualTo(5_000);
    assertThat(tokenizer.encode("good").length()).isEqualTo(1);
  }

  @Test
  void hasNoTokensForAnEmptyText() {
    assertThat(tokenizer.encode("").length()).isZero();
    assertThat(tokenizer.encode(" \t\n ").length()).isZero();
  }

  @Test
  void takesAnUnpairedSurrogateForOneUnknownCharacter() {
    String text = "good \uD83D bad \uDE00 film";

    TokenizedText tokens = tokenizer.encode(text);

    assertThat(pieces(text, tokens)).contains("good", "bad", "film");
  }

  @Test
  void takesNulForWhatItIs() {
    assertThat(pieces("good\u0000 film", tokenizer.encode("good\u0000 film"))).contains("film");
  }

  @Test
  void putsTheModelsSpecialTokensAroundEachSegment() {
    List<Segment> segments =
        tokenizer.segmentCutter(2).cut(tokenizer.encode("good bad ".repeat(20)));

    assertThat(segments)
        .allSatisfy(
            segment -> {
              assertThat(segment.ids()[0]).isEqualTo(2);
              assertThat(segment.ids()[segment.ids().length - 1]).isEqualTo(3);
              assertThat(segment.starts()[0]).isEqualTo(Segment.NOWHERE);
              assertThat(segment.ids().length).isLessThanOrEqualTo(16);
            });
  }

  @Test
  void putsTheTextPrefixBehindTheOpeningToken() throws Exception {
    try (PackageTokenizer prefixed =
        PackageTokenizer.open(folder.resolve("tokenizer.json"), 16, "the film")) {

      Segment segment = prefixed.segmentCutter(0).cut(prefixed.encode("good")).get(0);

      assertThat(segment.ids()).containsExactly(2, 8, 9, 5, 3);
      assertThat(segment.starts()).containsExactly(-1, -1, -1, 0, -1);
      assertThat(segment.ends()).containsExactly(-1, -1, -1, 4, -1);
    }
  }

  @Test
  void servesSeveralThreads() {
    String text = "The film is unlike bad films.";
    int[] expected = tokenizer.encode(text).ids();

    assertThat(IntStream.range(0, 500).parallel().mapToObj(i -> tokenizer.encode(text).ids()))
        .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
  }

  @Test
  void saysThatItIsClosedAndNotThatTheTextIsBad() throws Exception {
    PackageTokenizer ended = PackageTokenizer.open(folder.resolve("tokenizer.json"), 16, "");
    ended.close();
    ended.close();

    assertThatThrownBy(() -> ended.encode("good")).isInstanceOf(TokenizerClosedException.class);
  }

  private static List<String> pieces(String text, TokenizedText tokens) {
    return IntStream.range(0, tokens.length())
        .mapToObj(i -> text.substring(tokens.starts()[i], tokens.ends()[i]))
        .toList();
  }
}
