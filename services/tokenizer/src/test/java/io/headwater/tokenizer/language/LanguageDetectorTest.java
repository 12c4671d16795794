package io.headwater.tokenizer.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageDetectorTest {
  private static final LanguageDetector DETECTOR =
      LanguageDetector.load(List.of("en", "de", "fr", "es"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | The delivery came two days late and nobody answered my calls.",
        "en | What a wonderful evening with old friends!",
        "de | Die Lieferung kam zwei Tage zu spät und niemand ging ans Telefon.",
        "de | Was für ein wunderschöner Abend mit alten Freunden!",
        "fr | La livraison est arrivée avec deux jours de retard et personne ne répondait.",
        "fr | Quelle belle soirée avec de vieux amis !",
        "es | El pedido llegó dos días tarde y nadie contestaba el teléfono.",
        "es | ¡Qué noche tan maravillosa con viejos amigos!"
      })
  void tellsTheExpectedLanguages(String language, String text) {
    assertThat(DETECTOR.detect(text)).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ja | 昨日届いた商品はとても良かったです。",
        "ar | كان الفيلم رائعا جدا وأحببته كثيرا",
        "ru | Сегодня прекрасная погода, и мы идём гулять в парк."
      })
  void tellsOtherScripts(String language, String text) {
    assertThat(DETECTOR.detect(text)).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n\t",
        "👍🏽🎉👩‍👩‍👧‍👦",
        "https://example.org/der-die-das",
        "@somebody #99 12:30 !!! ...",
        "1234567890"
      })
  void leavesAloneWhatHasNoWords(String text) {
    assertThat(DETECTOR.detect(text)).isEqualTo(LanguageDetector.UNDETERMINED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | @heidi_mueller @juergen this is the best show I have seen in years #Tatort",
        "en | RT @garcia: just got home from the concert and I am so happy https://t.co/XyZ",
        "de | @smith das war leider gar nicht gut, ich bin enttäuscht #fail https://t.co/abc"
      })
  void handlesAndLinksDoNotCount(String language, String text) {
    assertThat(DETECTOR.detect(text)).isEqualTo(language);
  }

  @Test
  void aCopyAnswersAlike() {
    String text = "Quelle belle soirée avec de vieux amis !";

    assertThat(DETECTOR.copy().detect(text)).isEqualTo(DETECTOR.detect(text));
  }

  @Test
  void aTextThatIsCutInsideAnEmojiIsRead() {
    String text = "a" + "😀".repeat(1_000) + " words";

    assertThat(DETECTOR.detect(text)).isNotEmpty();
  }

  @Test
  void aFewLettersThatSeveralLanguagesShareAreUndetermined() {
    LanguageDetector detector = LanguageDetector.load(List.of("en", "de", "fr", "es"));

    assertThat(detector.detect("Fine.")).isEqualTo("und");
    assertThat(detector.detect("I love it!")).isEqualTo("en");
    assertThat(detector.detect("Muy bien")).isEqualTo("es");
  }
}
