package io.headwater.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;

class TokenOffsetsTest {

  private final PackageTokenizer tokenizer = open();

  private static PackageTokenizer open() {
    try {
      URL resource =
          Objects.requireNonNull(
              TokenOffsetsTest.class.getResource("/tiny-tokenizer.json"), "resource");
      return PackageTokenizer.open(Path.of(resource.toURI()), 16, "");
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterProperty
  void closeTokenizer() {
    tokenizer.close();
  }

  @Property(tries = 300)
  void everyTokenLiesInsideTheTextAndNotBeforeTheOneAhead(@ForAll String text) {
    TokenizedText tokens = tokenizer.encode(text);

    int before = 0;
    for (int i = 0; i < tokens.length(); i++) {
      assertThat(tokens.starts()[i]).isBetween(before, text.length());
      assertThat(tokens.ends()[i]).isBetween(tokens.starts()[i], text.length());
      assertThat(tokens.ids()[i]).isBetween(0, tokenizer.vocabularySize() - 1);
      before = tokens.starts()[i];
    }
  }
}
