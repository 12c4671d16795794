package io.headwater.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.TranslationFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTokenizerTest {

  private static final int GERMAN = TranslationFolder.VOCABULARY;
  private static final int ENGLISH = TranslationFolder.VOCABULARY + 1;
  private static final int END = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hallo welt.", "der film ist nicht gut!", "hello", "the film is bad."})
  void decodesWhatItEncoded(String text) throws IOException {
    TranslationFolder.empty(folder);
    try (PackageTokenizer tokenizer = open()) {
      assertThat(tokenizer.decode(tokenizer.encode(text).ids())).isEqualTo(text);
    }
  }

  @Test
  void leavesSpecialTokensOutOfWhatItDecodes() throws IOException {
    TranslationFolder.empty(folder);
    try (PackageTokenizer tokenizer = open()) {
      assertThat(tokenizer.decode(new int[] {1, 13, 14, 20, END, 0})).isEqualTo("hello world.");
      assertThat(tokenizer.decode(new int[0])).isEmpty();
    }
  }

  @Test
  void decodesNothingAfterItsEnd() throws IOException {
    TranslationFolder.empty(folder);
    PackageTokenizer tokenizer = open();
    tokenizer.close();

    assertThatThrownBy(() -> tokenizer.decode(new int[] {13}))
        .isInstanceOf(TokenizerClosedException.class);
  }

  @Test
  void framesEveryLanguageAlikeIfTheModelDoesNotMarkThem() throws IOException {
    TranslationFolder.empty(folder);
    try (PackageTokenizer tokenizer = open()) {
      SourceFrame frame = tokenizer.frame("de");

      assertThat(frame.before()).isEmpty();
      assertThat(frame.after()).containsExactly(END);
      assertThat(frame.length()).isEqualTo(1);
    }
  }

  @Test
  void opensASegmentWithItsLanguageIfTheTokenizerNamesAnother() throws IOException {
    TranslationFolder.empty(folder).tokenizerWith("__de__", "__en__");
    String text = java.nio.file.Files.readString(folder.resolve("tokenizer.json"));
    String single = "\"single\": [";
    String special = "\"special_tokens\": {";
    TranslationFolder.empty(folder)
        .text(
            "tokenizer.json",
            text.replace(
                    single, single + "{\"SpecialToken\": {\"id\": \"__en__\", \"type_id\": 0}},")
                .replace(
                    special,
                    special
                        + "\"__en__\": {\"id\": \"__en__\", \"ids\": [25], \"tokens\":"
                        + " [\"__en__\"]},"));
    try (PackageTokenizer tokenizer = open()) {
      assertThat(tokenizer.frame("en").before()).containsExactly(ENGLISH);
      assertThat(tokenizer.frame("de").before()).containsExactly(GERMAN);
      assertThat(tokenizer.frame("de").after()).containsExactly(END);
    }
  }

  @Test
  void opensASegmentWithItsLanguageIfTheTokenizerNamesNone() throws IOException {
    TranslationFolder.empty(folder).tokenizerWith("deu_Latn", "eng_Latn");
    try (PackageTokenizer tokenizer = open()) {
      SourceFrame frame = tokenizer.frame("deu");

      assertThat(frame.before()).containsExactly(GERMAN);
      assertThat(frame.after()).containsExactly(END);
    }
  }

  @Test
  void framesNoLanguageThatTheModelHasNoTokenFor() throws IOException {
    TranslationFolder.empty(folder).tokenizerWith("__de__", "__en__");
    try (PackageTokenizer tokenizer = open()) {
      assertThatThrownBy(() -> tokenizer.frame("fr"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the model has no token for language fr");
    }
  }

  /** As transformers.js writes it for Marian models; the native library would end the process. */
  @Test
  void loadsATokenizerWhoseTableOfCharactersWasLeftOut() throws IOException {
    TranslationFolder.empty(folder)
        .edit(
            "tokenizer.json",
            "\"normalizer\": null",
            "\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": null}")
        .edit("tokenizer.json", "\"prepend_scheme\": \"always\"", "\"add_prefix_space\": true");
    try (PackageTokenizer tokenizer = open()) {
      TokenizedText encoded = tokenizer.encode("ﬁlm hallo welt");

      assertThat(tokenizer.decode(encoded.ids())).isEqualTo("film hallo welt");
      assertThat(encoded.ends()[encoded.length() - 1]).isEqualTo("ﬁlm hallo welt".length());
    }
  }

  private PackageTokenizer open() throws IOException {
    return PackageTokenizer.open(folder.resolve("tokenizer.json"), 24, "");
  }
}
