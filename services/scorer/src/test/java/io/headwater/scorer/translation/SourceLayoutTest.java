package io.headwater.scorer.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.UnpackedSegment;
import io.headwater.scorer.translation.SourceLayout.Joined;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SourceLayoutTest {
  private static final String SPACES = " \n\r\t\u00A0\u3000\u2028";

  @Property
  void aTextWhoseSentencesStayAsTheyAreStaysAsItIs(
      @ForAll("gaps") String leading,
      @ForAll("gaps") String trailing,
      @ForAll @Size(max = 12) List<@From("sentences") String> sentences,
      @ForAll("gaps") String gap)
      throws InvalidTokensException {
    String between = gap.isEmpty() ? " " : gap;
    String text = leading + String.join(between, sentences) + trailing;
    List<UnpackedSegment> segments = new ArrayList<>();
    int at = leading.length();
    for (String sentence : sentences) {
      segments.add(segment(at, at + sentence.length()));
      at += sentence.length() + between.length();
    }

    Joined joined = SourceLayout.of(text, segments).join(sentences, "en");

    assertThat(joined.text()).isEqualTo(sentences.isEmpty() ? leading + trailing : text);
    for (int i = 0; i < sentences.size(); i++) {
      assertThat(joined.text().startsWith(sentences.get(i), joined.starts()[i])).isTrue();
    }
  }

  @Property
  void whateverTheOffsetsAreThePiecesAreInTheirOrderAndTheWhiteSpaceIsThatOfTheText(
      @ForAll("texts") String text,
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 40) Integer> bounds)
      throws InvalidTokensException {
    List<Integer> sorted = bounds.stream().filter(b -> b <= text.length()).sorted().toList();
    List<UnpackedSegment> segments = new ArrayList<>();
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i + 1 < sorted.size(); i += 2) {
      segments.add(segment(sorted.get(i), sorted.get(i + 1)));
      pieces.add("piece" + i);
    }

    String joined = SourceLayout.of(text, segments).join(pieces, "ja").text();

    int found = 0;
    for (char unit : WhiteSpace.of(joined, 0, joined.length()).toCharArray()) {
      found = text.indexOf(unit, found) + 1;
      assertThat(found).as("white space of the text, in its order").isPositive();
    }
    String letters = joined.replaceAll("[" + SPACES + "]", "");
    assertThat(letters).isEqualTo(String.join("", pieces));
  }

  @Test
  void paragraphsStay() throws InvalidTokensException {
    assertThat(joined("Eins.\n\nZwei. \r\n  Drei.", "en")).isEqualTo("[0]\n\n[1] \r\n  [2]");
  }

  @Test
  void aSpaceIsPutWhereThereWasNoneAndTheLanguageWritesSpaces() throws InvalidTokensException {
    SourceLayout layout = SourceLayout.of("你好。再见。", List.of(segment(0, 3), segment(3, 6)));

    assertThat(layout.join(List.of("Hello.", "Goodbye."), "en").text())
        .isEqualTo("Hello. Goodbye.");
    assertThat(layout.join(List.of("こんにちは。", "さようなら。"), "ja").text()).isEqualTo("こんにちは。さようなら。");
    assertThat(layout.join(List.of("", "Goodbye."), "en-GB").text()).isEqualTo("Goodbye.");
  }

  @Test
  void aSpaceBetweenTwoSentencesGoesWhereTheLanguageWritesNoneAndALineBreakStays()
      throws InvalidTokensException {
    assertThat(joined("One. Two.\nThree.", "zh-Hant")).isEqualTo("[0][1]\n[2]");
  }

  @Test
  void aSpaceThatTheTokenizerCountsAsTheWordsIsStillWhiteSpace() throws InvalidTokensException {
    String text = " Eins. Zwei. ";

    SourceLayout layout = SourceLayout.of(text, List.of(segment(0, 6), segment(6, 13)));

    assertThat(layout.join(List.of("One.", "Two."), "en").text()).isEqualTo(" One. Two. ");
  }

  @Test
  void whatNoTokenStandsForIsNotRepeated() throws InvalidTokensException {
    String text = "Eins. \u200B\u0007 Zwei.";

    SourceLayout layout = SourceLayout.of(text, List.of(segment(0, 5), segment(9, 14)));

    assertThat(layout.join(List.of("One.", "Two."), "en").text()).isEqualTo("One.  Two.");
  }

  @Test
  void aSegmentWithoutTokensOfTheTextHasNoPlace() throws InvalidTokensException {
    UnpackedSegment nothing =
        new UnpackedSegment(new int[] {2, 3}, new int[] {-1, -1}, new int[] {-1, -1}, 0);

    SourceLayout layout = SourceLayout.of("  \n", List.of(nothing));

    assertThat(layout.join(List.of(""), "en").text()).isEqualTo("  \n");
  }

  @Test
  void offsetsThatNoTokenizerWritesAreRefused() {
    assertThatThrownBy(() -> SourceLayout.of("short", List.of(segment(0, 6))))
        .isInstanceOf(InvalidTokensException.class)
        .hasMessage("Segment 0 has a token from 0 to 6; the text has 5 code units");
    assertThatThrownBy(() -> SourceLayout.of("short", List.of(segment(3, 2))))
        .isInstanceOf(InvalidTokensException.class);
    assertThatThrownBy(() -> SourceLayout.of("short", List.of(segment(3, 4), segment(0, 2))))
        .isInstanceOf(InvalidTokensException.class)
        .hasMessage("Segment 1 is not in the order of the text");
  }

  /** Each sentence, ended by a full stop, becomes its number in brackets. */
  private static String joined(String text, String language) throws InvalidTokensException {
    List<UnpackedSegment> segments = new ArrayList<>();
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int stop = text.indexOf('.'); stop >= 0; stop = text.indexOf('.', stop + 1)) {
      segments.add(segment(start, stop + 1));
      pieces.add("[" + pieces.size() + "]");
      start = WhiteSpace.firstStart(text, stop + 1, text.length());
    }
    return SourceLayout.of(text, segments).join(pieces, language).text();
  }

  /** A segment of one token between two special ones. */
  private static UnpackedSegment segment(int start, int end) {
    return new UnpackedSegment(
        new int[] {2, 9, 3}, new int[] {-1, start, -1}, new int[] {-1, end, -1}, 0);
  }

  @Provide
  Arbitrary<String> gaps() {
    return Arbitraries.strings().withChars(SPACES.toCharArray()).ofMaxLength(4);
  }

  @Provide
  Arbitrary<String> sentences() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars("äß.!😀").ofMinLength(1);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('a', 'c')
        .withChars(SPACES.toCharArray())
        .ofMaxLength(40);
  }
}
