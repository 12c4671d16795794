package io.headwater.trainer.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishNounsTest {
  @ParameterizedTest
  @CsvSource({
    "ladder, a ladder",
    "oar, an oar",
    "unicycle, a unicycle",
    "umbrella, an umbrella",
    "hour, an hour"
  })
  void theArticleGoesByTheSound(String noun, String phrase) {
    assertThat(EnglishNouns.withArticle(noun)).isEqualTo(phrase);
  }

  @ParameterizedTest
  @CsvSource({
    "A dog barks., dog, oar, An oar barks.",
    "I see an apple., apple, ladder, I see a ladder.",
    "The dog barks., dog, oar, The oar barks.",
    "His dog, dog, oar, His oar",
    "Is that a dog?, dog, guide dog, Is that a guide dog?"
  })
  void theArticleChangesWithTheNoun(String sentence, String noun, String by, String expected) {
    assertThat(EnglishNouns.replaced(sentence, noun, by)).contains(expected);
  }

  @Test
  void aNounThatIsThereTwiceOrAsAPartIsNotReplaced() {
    assertThat(EnglishNouns.replaced("A dog and a dog", "dog", "oar")).isEmpty();
    assertThat(EnglishNouns.replaced("My dogs", "dog", "oar")).isEmpty();
  }
}
