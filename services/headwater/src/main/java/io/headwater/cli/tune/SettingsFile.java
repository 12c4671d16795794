package io.headwater.cli.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A file of key=value lines, some of which are replaced. */
final class SettingsFile {
  /** What stands behind the key in a line. */
  private static final Pattern BEHIND_KEY = Pattern.compile("[=:\\s].*$");

  private final Path file;

  SettingsFile(Path file) {
    this.file = file;
  }

  /** Sets keys: their lines are replaced, or come at the end; all other lines stay as they are. */
  void set(Map<String, String> values) throws IOException {
    Map<String, String> left = new LinkedHashMap<>(values);
    List<String> lines = new ArrayList<>();
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      String key = BEHIND_KEY.matcher(line).replaceFirst("");
      String value = left.remove(key);
      if (value != null) {
        lines.add(key + "=" + value);
      } else if (!values.containsKey(key)) {
        lines.add(line);
      }
    }
    left.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(file, lines);
  }
}
