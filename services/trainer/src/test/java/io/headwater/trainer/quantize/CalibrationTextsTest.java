package io.headwater.trainer.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTextsTest {

  @TempDir Path folder;

  @Test
  void readsJsonLabelledAndPlainLines() throws Exception {
    Path file = file("{\"text\": \"one\"}\npositive\ttwo\n\nthree\twith a tab\n");

    assertThat(CalibrationTexts.read(file, 10)).containsExactly("one", "two", "three\twith a tab");
  }

  @Test
  void takesSomeEvenlyFromTheWholeFile() throws Exception {
    assertThat(CalibrationTexts.read(file("a\nb\nc\nd\ne\nf\n"), 3)).containsExactly("a", "c", "e");
  }

  @Test
  void namesTheLineThatIsNoJson() throws Exception {
    Path file = file("fine\n{\"body\": \"x\"}\n");

    assertThatThrownBy(() -> CalibrationTexts.read(file, 10))
        .hasMessageContaining("line 2 has no field \"text\"");
    assertThatThrownBy(() -> CalibrationTexts.read(file("\n"), 10))
        .hasMessageContaining("has no texts");
  }

  private Path file(String content) throws Exception {
    return Files.writeString(folder.resolve("texts"), content);
  }
}
