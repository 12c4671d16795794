package io.headwater.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class TextLinesTest {
  @Test
  void aLineThatIsNotUtf8IsToldAndTheNextIsRead() throws IOException {
    byte[] bytes = {'o', 'n', 'e', '\r', '\n', (byte) 0xFF, '\n', 'e', 'n', 'd'};

    assertThat(read(bytes))
        .containsExactly(
            new TextLines.Line(1, Optional.of("one")),
            new TextLines.Line(2, Optional.empty()),
            new TextLines.Line(3, Optional.of("end")));
  }

  @Property
  void everyLineComesBackInOrder(@ForAll List<@CharRange(from = 'a', to = '\u0fff') String> lines)
      throws IOException {
    List<String> plain = lines.stream().filter(line -> !line.matches("(?s).*[\n\r].*")).toList();
    String text = plain.isEmpty() ? "" : String.join("\n", plain) + "\n";

    assertThat(read(text.getBytes(StandardCharsets.UTF_8)).stream().map(l -> l.text().orElse("?")))
        .containsExactlyElementsOf(plain);
  }

  private static List<TextLines.Line> read(byte[] bytes) throws IOException {
    TextLines lines = new TextLines(new ByteArrayInputStream(bytes));
    List<TextLines.Line> all = new ArrayList<>();
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
    }
    return all;
  }
}
