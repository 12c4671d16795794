package io.headwater.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIdTest {

  @Test
  void readsWhatItWrites() {
    ModelId id = new ModelId("sentiment-e5-small-v2", "1.0.0");

    assertThat(ModelId.parse(id.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "@1", "x@", "../x@1", "x@../1", "x@1/2", "a b@1"})
  void refusesWhatIsNoSafeFolderName(String text) {
    assertThatThrownBy(() -> ModelId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
