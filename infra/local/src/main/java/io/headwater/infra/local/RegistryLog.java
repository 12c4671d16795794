package io.headwater.infra.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The file that the registry's process writes to, one for each run; the run before is kept. */
record RegistryLog(Path file) {
  private static final int LONGEST_LINE = 300;

  void rotate() throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The line that most likely tells why the registry stopped. */
  Optional<String> lastMeaningfulLine() {
    List<String> lines = lines();
    return last(lines, line -> line.startsWith("Caused by: "))
        .or(() -> last(lines, line -> line.contains(" ERROR ")))
        .or(() -> last(lines, line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0))))
        .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
  }

  private List<String> lines() {
    try {
      // Not strictly decoded: a broken character must not hide the reason.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<String> last(List<String> lines, Predicate<String> wanted) {
    return lines.stream().filter(wanted).reduce((earlier, later) -> later);
  }
}
