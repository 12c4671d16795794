package io.headwater.cli.ingest.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void showsControlCharactersInsteadOfSendingThem() {
    assertThat(TerminalText.harmless("\u001B[31mred\u0007\u007F\u009B2J"))
        .isEqualTo("␛[31mred␇␡\uFFFD2J");
  }

  @Test
  void keepsOneLineOneLine() {
    assertThat(TerminalText.harmless("a\r\nb\tc\u2028d\u0085e")).isEqualTo("a  b c d e");
  }

  @Test
  void takesOutWhatTurnsTheDirectionAndKeepsRightToLeftLetters() {
    assertThat(TerminalText.harmless("\u202Eevil\u2066 שלום مرحبا"))
        .isEqualTo("\uFFFDevil\uFFFD שלום مرحبا");
  }

  @Test
  void keepsEmojiThatAreJoined() {
    assertThat(TerminalText.harmless("👩‍👩‍👧 ❤️")).isEqualTo("👩‍👩‍👧 ❤️");
  }

  @Test
  void cutsBetweenCodePoints() {
    assertThat(TerminalText.harmless("😀😀😀", 3)).isEqualTo("😀😀😀");
    assertThat(TerminalText.harmless("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }

  @Property
  void letsNoControlCharacterThrough(
      @ForAll @CharRange(from = '\u0000', to = '\uFFFF') String text) {
    String line = TerminalText.harmless(text);

    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E);
  }

  @Property
  void jsonStaysTheSameValueAndHasNoControlCharacters(
      @ForAll @CharRange(from = '\u0000', to = '\uD7FF') String text)
      throws JsonProcessingException {
    String line = PlainJson.line(JsonNodeFactory.instance.objectNode().put("text", text));

    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E);
    assertThat(new ObjectMapper().readTree(line).get("text").textValue()).isEqualTo(text);
  }
}
