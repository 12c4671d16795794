package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final String OLD = "the-old-one-0123456789";
  private static final String NEW = "the-new-one-0123456789";

  @Test
  void acceptsEachOfSeveralAndNothingElse() {
    AccessTokens tokens = AccessTokens.parse(" %s,\n %s ".formatted(NEW, OLD));

    assertThat(tokens.all()).containsExactly(NEW, OLD);
    assertThat(tokens.accept(OLD)).isTrue();
    assertThat(tokens.accept(NEW)).isTrue();
    assertThat(tokens.accept(OLD + "0")).isFalse();
    assertThat(tokens.accept(OLD.substring(1))).isFalse();
    assertThat(tokens.accept("")).isFalse();
  }

  @Test
  void noTokensAcceptNothing() {
    assertThat(AccessTokens.parse(" , ").isEmpty()).isTrue();
    assertThat(AccessTokens.NONE.accept("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifteen-letters", "sixteen-létters-é", "sixteen;letters;;"})
  void refusesWhatIsTooShortOrCouldNotBeSentWithoutRepeatingIt(String token) {
    assertThatThrownBy(() -> AccessTokens.parse(OLD + " " + token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a token has at least 16 characters")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token));
  }

  @Test
  void namesNoTokenInALog() {
    assertThat(new HttpAccess(AccessTokens.parse(OLD), java.util.Optional.empty()).toString())
        .contains("AccessTokens[1]")
        .doesNotContain("old");
  }
}
