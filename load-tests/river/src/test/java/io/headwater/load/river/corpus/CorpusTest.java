package io.headwater.load.river.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir Path folder;

  @Test
  void onlyEnglishIsRead() throws IOException {
    Corpus corpus =
        read(
            """
            {"text": "The food was good and the staff were kind."}
            {"text": "Das Essen war gut und die Bedienung ist nett."}
            {"text": "La comida es muy buena y el servicio también."}
            {"text": "Le repas est bon et les serveurs sont gentils."}
            {"text": "I am not sure about this."}
            """);

    assertThat(corpus.size()).isEqualTo(2);
    assertThat(corpus.text(1)).isEqualTo("I am not sure about this.");
  }

  @Test
  void textsComeAgainWithTheirWordsTurnedRound() {
    Corpus corpus = new Corpus(List.of("one two three four", "a b c d"));

    assertThat(corpus.text(2)).isEqualTo("two three four one");
    assertThat(corpus.text(5)).isEqualTo("c d a b");
  }

  @Test
  void fourRoundsHaveNoTextTwice() {
    Corpus corpus = new Corpus(List.of("one two three four", "a b c d"));
    Set<String> seen = new HashSet<>();

    for (long number = 0; number < 8; number++) {
      seen.add(corpus.text(number));
    }

    assertThat(seen).hasSize(8);
  }

  @Test
  void aFileThatIsNoJsonIsNamed() {
    assertThatThrownBy(() -> read("not json\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("messages.jsonl");
  }

  @Test
  void aFileWithoutEnglishIsRefused() {
    assertThatThrownBy(() -> read("{\"text\": \"Das ist nicht gut.\"}\n"))
        .hasMessageContaining("no English text");
  }

  private Corpus read(String lines) throws IOException {
    return Corpus.read(Files.writeString(folder.resolve("messages.jsonl"), lines));
  }
}
