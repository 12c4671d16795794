package io.headwater.trainer.translation.quality;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected tokens are what sacreBLEU 2.6.0 prints with {@code --tokenize 13a}. */
class Tokenizer13aTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "The food was cold, and the waiter unfriendly.|The food was cold , and the waiter"
            + " unfriendly .",
        "Prices rose by 1,5 % (or 3.5-4.0 points); so what?|Prices rose by 1,5 % ( or 3.5 - 4.0"
            + " points ) ; so what ?",
        "He said: \"I don't know...\" & left -- quickly!|He said : \" I don't know . . . \" & left"
            + " -- quickly !",
        "A&amp;B isn't well-known.|A & B isn't well-known .",
        "3.14 and 1,000 but a.b and .5|3.14 and 1,000 but a . b and . 5",
        "10-20 a-b -5|10 - 20 a-b -5",
        "x..y,,z|x . . y , , z",
        "U.S.A. $5.00 @home #1 [a] {b} ~c ^d _e `f` g\\h* +i <j> =k|U . S . A . $ 5.00 @ home # 1 [ a"
            + " ] { b } ~ c ^ d _ e ` f ` g \\ h * + i < j > = k",
        "„Ça va bien“, merci 😀!|„Ça va bien“ , merci 😀 !",
      })
  void cutsAsSacreBleuDoes(String segment, String expected) {
    assertThat(String.join(" ", Tokenizer13a.tokens(segment))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"a\u00a0b\u2009c\u0085d", "'a\t b  c\u3000d  '"})
  void takesUnicodesWhiteSpaceForAGap(String segment) {
    assertThat(Tokenizer13a.tokens(segment)).containsExactly("a", "b", "c", "d");
  }

  @Property
  void givesNoEmptyTokenAndNoneWithWhiteSpace(@ForAll String segment) {
    assertThat(Tokenizer13a.tokens(segment))
        .allSatisfy(token -> assertThat(WhiteSpace.split(token)).containsExactly(token));
  }
}
