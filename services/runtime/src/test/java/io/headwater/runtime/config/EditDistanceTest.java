package io.headwater.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "kitten, sitting, 3",
    "port, prot, 2",
    "http.port, http-port, 1"
  })
  void countsInsertionsRemovalsAndSubstitutions(String a, String b, int distance) {
    assertThat(EditDistance.between(a, b)).isEqualTo(distance);
  }

  @Property(tries = 300)
  void isWhatTheDefinitionSays(@ForAll("words") String a, @ForAll("words") String b) {
    assertThat(EditDistance.between(a, b)).isEqualTo(byDefinition(a, b));
  }

  @Property(tries = 300)
  void isTheSameBothWays(@ForAll String a, @ForAll String b) {
    assertThat(EditDistance.between(a, b)).isEqualTo(EditDistance.between(b, a));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("abc").ofMaxLength(5);
  }

  private static int byDefinition(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    if (a.charAt(0) == b.charAt(0)) {
      return byDefinition(a.substring(1), b.substring(1));
    }
    return 1
        + Math.min(
            byDefinition(a.substring(1), b.substring(1)),
            Math.min(byDefinition(a.substring(1), b), byDefinition(a, b.substring(1))));
  }
}
