package io.headwater.tokenizer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextNormalizerTest {
  private final TextNormalizer normalizer = new TextNormalizer();

  @Property
  void isTheNormalFormCOfWhatAModelMayRead(@ForAll("texts") String written) {
    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo(expected(written));
  }

  @Property
  void offsetsLeadBackToWhatEachUnitWasMadeOf(@ForAll("texts") String written) {
    NormalizedText normalized = normalizer.normalize(written);

    StringBuilder rebuilt = new StringBuilder();
    int[] previous = {0, 0};
    for (int unit = 0; unit < normalized.text().length(); unit++) {
      int[] range = normalized.written(unit, unit + 1);
      assertThat(range[0]).isBetween(previous[0], range[1] - 1);
      assertThat(range[1]).isBetween(previous[1], written.length());
      if (unit == 0 || range[0] != previous[0]) {
        // Either one unit for one unit, or a whole piece.
        assertThat(range[0]).isGreaterThanOrEqualTo(previous[1]);
        rebuilt.append(expected(written.substring(range[0], range[1])));
      }
      previous = range;
    }
    if (!normalized.text().equals(written)) {
      assertThat(rebuilt).hasToString(normalized.text());
    }
  }

  @Property
  void aSecondTimeChangesNothing(@ForAll("texts") String written) {
    String once = normalizer.normalize(written).text();

    assertThat(normalizer.normalize(once).text()).isEqualTo(once);
  }

  @Property(tries = 100)
  void anUnchangedTextHasItsOwnOffsets(@ForAll("texts") String written) {
    String text = normalizer.normalize(written).text();

    NormalizedText unchanged = normalizer.normalize(text);

    for (int at = 0; at < text.length(); at++) {
      assertThat(unchanged.written(at, text.length())).containsExactly(at, text.length());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> plain = Arbitraries.integers().between(0x20, 0x24F);
    Arbitrary<Integer> marks = Arbitraries.integers().between(0x300, 0x36F);
    Arbitrary<Integer> controls =
        Arbitraries.of(0, 1, 9, 10, 13, 0x1B, 0x7F, 0x80, 0x85, 0x9F, 0xFEFF);
    Arbitrary<Integer> surrogates = Arbitraries.integers().between(0xD7FF, 0xE000);
    Arbitrary<Integer> hangul =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0x1100, 0x11FF),
            Arbitraries.integers().between(0xAC00, 0xAC80));
    Arbitrary<Integer> scripts =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0x5B0, 0x6FF),
            Arbitraries.integers().between(0x900, 0x97F),
            Arbitraries.integers().between(0xF71, 0xF84),
            Arbitraries.integers().between(0x1E00, 0x1FFF),
            Arbitraries.integers().between(0x3040, 0x30FF),
            Arbitraries.integers().between(0xF900, 0xFA2F),
            Arbitraries.integers().between(0xFB1D, 0xFB4F));
    Arbitrary<Integer> beyond =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0x1D15E, 0x1D172),
            Arbitraries.integers().between(0x1F3FB, 0x1F64F),
            Arbitraries.of(0x200D, 0x200F, 0x202E, 0x2126, 0x212B, 0x2F800, 0x1F1E9, 0x1F1EA));
    return Arbitraries.frequencyOf(
            Tuple.of(5, plain),
            Tuple.of(6, marks),
            Tuple.of(2, controls),
            Tuple.of(1, surrogates),
            Tuple.of(3, hangul),
            Tuple.of(3, scripts),
            Tuple.of(2, beyond))
        .filter(Character::isDefined)
        .list()
        .ofMaxSize(120)
        .map(TextNormalizerTest::text);
  }

  @Test
  void composesAccentsAndPointsToTheirLetters() {
    String written = "cafe\u0301 no\u0308el";

    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo("caf\u00E9 n\u00F6el");
    assertThat(substring(written, normalized.written(0, 4))).isEqualTo("cafe\u0301");
    assertThat(substring(written, normalized.written(5, 9))).isEqualTo("no\u0308el");
  }

  @Test
  void composesHangulFromItsLetters() {
    String written = "\u1112\u1161\u11AB\u1100\u116E\u11A8";

    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo("\uD55C\uAD6D");
    assertThat(normalized.written(1, 2)).containsExactly(3, 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain words\twith a tab\r\nand two lines",
        "👩‍👩‍👧‍👦 family, 👍🏽 thumbs, 🇩🇪 flag, ❤️ heart",
        "שלום עולם, مرحبا بالعالم",
        "日本語とカタカナ"
      })
  void leavesAsItIsWhatAModelMayRead(String written) {
    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo(written);
    assertThat(normalized.written(0, written.length())).containsExactly(0, written.length());
  }

  @Test
  void dropsByteOrderMarksAndControlsAndKeepsTheirPlacesInTheOffsets() {
    String written = "\uFEFFgood\u0000\u0085 \u009Fday\u007F";

    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo("good day");
    assertThat(substring(written, normalized.written(0, 4))).isEqualTo("good");
    assertThat(substring(written, normalized.written(5, 8))).isEqualTo("day");
  }

  @Test
  void joinsWhatOnlyAControlHeldApart() {
    NormalizedText normalized = normalizer.normalize("e\u0000\u0301!");

    assertThat(normalized.text()).isEqualTo("\u00E9!");
    assertThat(normalized.written(0, 1)).containsExactly(0, 3);
  }

  @Test
  void replacesHalvesOfSurrogatePairs() {
    String written = "a\uD83Db\uDE00c\uD83D\uDE00";

    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
    assertThat(normalized.written(3, 4)).containsExactly(3, 4);
  }

  @Test
  void specialTokensAndEmptySpansHaveAPlace() {
    NormalizedText normalized = normalizer.normalize("e\u0301x");

    assertThat(normalized.written(-1, -1)).containsExactly(-1, -1);
    assertThat(normalized.written(1, 1)).containsExactly(2, 2);
    assertThat(normalized.written(2, 2)).containsExactly(3, 3);
    assertThat(normalizer.normalize("\u0000").written(0, 0)).containsExactly(0, 0);
  }

  @Test
  void aRowOfMarksIsSortedAsUnicodeWants() {
    String written = "a" + "\u0301\u0344\u0F73\u0316\u0327".repeat(100) + "b\u0301";

    NormalizedText normalized = normalizer.normalize(written);

    assertThat(normalized.text()).isEqualTo(Normalizer.normalize(written, Normalizer.Form.NFC));
  }

  @Test
  void aHostileTextOfMarksTakesNoLonger() {
    String written = "a" + "\u0301".repeat(260_000) + "\u0316".repeat(260_000);

    long begun = System.nanoTime();
    String text = normalizer.normalize(written).text();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    assertThat(text).startsWith("\u00E1\u0316").endsWith("\u0316\u0301".substring(1));
  }

  private static String expected(String written) {
    StringBuilder kept = new StringBuilder();
    for (int point : written.codePoints().toArray()) {
      boolean control = Character.isISOControl(point) && "\t\n\r".indexOf(point) < 0;
      if (!control && point != 0xFEFF) {
        kept.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point);
      }
    }
    return Normalizer.normalize(kept, Normalizer.Form.NFC);
  }

  private static String text(List<Integer> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(text::appendCodePoint);
    return text.toString();
  }

  private static String substring(String written, int[] range) {
    return written.substring(range[0], range[1]);
  }
}
