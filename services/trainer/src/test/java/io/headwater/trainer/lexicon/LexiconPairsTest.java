package io.headwater.trainer.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconPairsTest {
  /** Says every English word of the dictionary twice, and knows one German noun. */
  private static final ParallelTexts TEXTS =
      repeated(8, "Der Hund schläft.", "A dog sleeps.")
          .and(
              repeated(2, "Ja.", "The oar, the paddle, the sledge, to row slowly, bark, ladders."));

  private static final LexiconPairs.Amounts ALL = new LexiconPairs.Amounts(100, 100, 100);

  @TempDir private Path folder;

  @Test
  void aRareNounGetsAnArticleOfItsGender() throws IOException {
    LexiconPairs.Made made = draw("Schlitten {m} :: sledge", ALL);

    assertThat(lines(made.nouns()))
        .singleElement()
        .isIn(
            "der Schlitten\tthe sledge",
            "den Schlitten\tthe sledge",
            "dem Schlitten\tthe sledge",
            "ein Schlitten\ta sledge",
            "einen Schlitten\ta sledge",
            "einem Schlitten\ta sledge");
  }

  @Test
  void aRareNounTakesThePlaceOfAKnownOneOfItsGender() throws IOException {
    LexiconPairs.Made made =
        draw("Hund {m} :: dog\nRiemen {m} :: oar\nLeitern {pl} :: ladders", ALL);

    assertThat(lines(made.sentences()))
        .hasSize(8)
        .containsOnly("Der Riemen schläft.\tAn oar sleeps.");
  }

  @Test
  void whatIsNoNounComesAsItIs() throws IOException {
    LexiconPairs.Made made = draw("langsam rudern {vi} :: to row slowly", ALL);

    assertThat(lines(made.others())).containsExactly("langsam rudern\tto row slowly");
    assertThat(lines(made.all())).hasSize(1);
  }

  @Test
  void whatTheTextsHaveOftenIsNotMade() throws IOException {
    LexiconPairs.Made made = draw("Hund {m} :: dog\nschläft :: sleeps", ALL);

    assertThat(lines(made.all())).isEmpty();
  }

  @Test
  void ofSeveralMeaningsTheCommonOneIsTaken() throws IOException {
    Lexicon lexicon = lexicon("Köter {m} :: bark; dog", List.of());

    assertThat(lexicon.entries())
        .extracting(Entry::german, Entry::english)
        .containsExactly(tuple("Köter", "dog"));
  }

  @Test
  void aSentenceToJudgeByIsNoEntry() throws IOException {
    String dictionary = "Langsam rudern! :: to row slowly\nRiemen {m} :: oar";

    Lexicon lexicon = lexicon(dictionary, List.of("langsam rudern.", "Riemen"));

    // A single word is no sentence that could be learned by heart.
    assertThat(lexicon.entries()).extracting(Entry::german).containsExactly("Riemen");
  }

  @Test
  void domainsCanBeLeftOut() throws IOException {
    Path file = write("Riemen {m} [mach.] :: oar\nPaddel {n} :: paddle");

    Lexicon lexicon = Lexicon.read(file, Set.of("mach"), counts(), List.of());

    assertThat(lexicon.entries()).extracting(Entry::german).containsExactly("Paddel");
  }

  @Test
  void theSameSeedDrawsTheSameAndAnotherAnother() throws IOException {
    String dictionary =
        String.join(
            "\n",
            IntStream.range(0, 40)
                .mapToObj(i -> "Riemen" + (char) ('a' + i % 20) + "x".repeat(i) + " {m} :: oar")
                .toList());
    LexiconPairs.Amounts some = new LexiconPairs.Amounts(10, 0, 0);
    LexiconPairs pairs = new LexiconPairs(lexicon(dictionary, List.of()), TEXTS, counts());

    assertThat(pairs.draw(some, 1))
        .isEqualTo(pairs.draw(some, 1))
        .isNotEqualTo(pairs.draw(some, 2));
    assertThat(pairs.draw(some, 1).nouns().size()).isEqualTo(10);
  }

  @Test
  void aFileWithoutEntriesIsRefused() throws IOException {
    Path file = write("Riemen - oar\n");

    assertThatThrownBy(() -> Lexicon.read(file, Set.of(), counts(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no line of the form");
  }

  private LexiconPairs.Made draw(String dictionary, LexiconPairs.Amounts amounts)
      throws IOException {
    return new LexiconPairs(lexicon(dictionary, List.of()), TEXTS, counts()).draw(amounts, 1);
  }

  private Lexicon lexicon(String dictionary, List<String> apart) throws IOException {
    return Lexicon.read(write(dictionary), Set.of(), counts(), apart);
  }

  private Path write(String dictionary) throws IOException {
    return Files.writeString(folder.resolve("dictionary"), dictionary);
  }

  private static WordCounts counts() {
    return WordCounts.english().add(TEXTS.targets());
  }

  private static ParallelTexts repeated(int times, String source, String target) {
    return new ParallelTexts(
        Collections.nCopies(times, source), Collections.nCopies(times, target));
  }

  private static List<String> lines(ParallelTexts texts) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      lines.add(texts.sources().get(i) + '\t' + texts.targets().get(i));
    }
    return lines;
  }
}
