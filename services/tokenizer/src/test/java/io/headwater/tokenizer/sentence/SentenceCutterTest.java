package io.headwater.tokenizer.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceCutterTest {
  private final SentenceCutter cutter = new SentenceCutter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de|Das Zimmer war laut.# Schade!# Kommen wir wieder?# Nein.",
        "de|Der Film war super.# Ich bin sicher.# Und wir auch.# Das Auto fuhr aus.# Gut so.",
        "de|Am 3. Oktober war Dr. Müller im 2. Stock, z. B. mit Hrn. Schmidt.# Danach nicht mehr.",
        "de|Das kostet ca. 5 Euro zzgl. Porto, vgl. Seite 3 bzw. unten.# Teuer!",
        "de|Das war ein guter Test.# Danach kam Max.# So.# Und dann?",
        "de|\"Ja\", sagte er.# \"Nein!\"# Sie ging.",
        "de|Im Jahr 1999.# Danach war es 2000.",
        "en|Mr. Smith met Dr. Jones at 5 p.m. in the U.S. Army.# It cost $3.50.# OK?",
        "fr|Mme Dupont est ici.# Voir p. ex. la fig. 3.# Ça va ?# Oui.",
        "es|El Sr. García vive aquí.# ¿Cómo está?# Bien.",
        "ja|今日は良い天気です。#明日は雨でしょう！#たぶん。"
      })
  void endsSentencesWhereTheyEndAndNotAfterAbbreviations(String language, String marked) {
    String text = marked.replace("#", "");

    List<Span> sentences = cutter.cut(text, language);

    assertThat(sentences.stream().map(span -> text.substring(span.start(), span.end())))
        .containsExactly(marked.split("#\\s*"));
  }

  @Test
  void theEndOfALineEndsASentenceAlsoAfterAnAbbreviation() {
    String text = "Erste Zeile ohne Punkt\nam 3.\nOktober\r\n\r\n  Neuer Absatz.\u2028Ende";

    assertThat(cutter.cut(text, "de").stream().map(s -> text.substring(s.start(), s.end())))
        .containsExactly("Erste Zeile ohne Punkt", "am 3.", "Oktober", "Neuer Absatz.", "Ende");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n", "\u00A0\u3000"})
  void aTextOfWhiteSpaceHasNoSentence(String text) {
    assertThat(cutter.cut(text, "de")).isEmpty();
  }

  @Test
  void aLanguageWithoutRulesOfItsOwnHasTheUsualOnes() {
    assertThat(cutter.cut("Saluton. Kiel vi fartas?", "eo")).hasSize(2);
    assertThat(cutter.cut("One. Two.", "xx-nonsense")).hasSize(2);
  }

  @Property(tries = 500)
  void nothingButWhiteSpaceIsBetweenSentences(
      @ForAll("texts") String text, @ForAll("languages") String language) {
    int end = 0;
    for (Span sentence : cutter.cut(text, language)) {
      assertThat(text.substring(end, sentence.start()).chars()).allMatch(c -> isSpace(c));
      assertThat(isSpace(text.charAt(sentence.start()))).isFalse();
      assertThat(isSpace(text.charAt(sentence.end() - 1))).isFalse();
      end = sentence.end();
    }
    assertThat(text.substring(end).chars()).allMatch(c -> isSpace(c));
  }

  @Property(tries = 200)
  void theSameTextIsCutAtTheSamePlacesWhateverWasCutBefore(
      @ForAll("texts") String before, @ForAll("texts") String text) {
    List<Span> fresh = new SentenceCutter().cut(text, "de");
    cutter.cut(before, "de");

    assertThat(cutter.cut(text, "de")).isEqualTo(fresh);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n", ".", "Dr. ", "a", "z.B. ", "3. ", ". \u0301", "(", ".)\"' ", " "})
  @Timeout(20)
  void aMebibyteOfAnythingIsCutInSeconds(String piece) {
    String text = piece.repeat((1 << 20) / piece.length());

    assertThat(cutter.cut(text, "de")).hasSizeLessThanOrEqualTo(text.length());
  }

  @Test
  void aStretchOfATextIsNotEmpty() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(3, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(-1, 3));
  }

  private static boolean isSpace(int unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
  }

  @Provide
  Arbitrary<String> languages() {
    return Arbitraries.of("de", "en", "fr", "ja", "th", "ar", "und", "eo");
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> likely =
        Arbitraries.of(
            "Das", "war", "sicher", "z.B.", "Dr", ".", "!", "?", "...", " ", " ", "  ", "\n",
            "\r\n", "\u00A0", "\u3000", "3.", "\"", "»", "(", "。", "😀", "e\u0301", "\t", "u.",
            "z. B.");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, likely.list().ofMaxSize(60).map(parts -> String.join("", parts))),
        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(80)));
  }
}
