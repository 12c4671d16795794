package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayNameTest {
  @Test
  void everythingOfAReplayBeginsWithItsPrefix() {
    ReplayName name = new ReplayName("week-45", "eu.");

    assertThat(name.prefix()).isEqualTo("eu.replay.week-45.");
    assertThat(name.tokenizerGroup()).isEqualTo("eu.replay.week-45.headwater-tokenizer");
    assertThat(name.progressClient()).startsWith(name.prefix());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "live", "a.b", "a b", "-a", "ü", "a/b", "a_b"})
  void namesThatWouldMeanSomethingElseAreRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplayName(name, ""));
  }

  @Test
  void aNameHasRoomInATopicsName() {
    assertThat(new ReplayName("a".repeat(60), "").prefix()).hasSize(68);
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplayName("a".repeat(61), ""));
  }
}
