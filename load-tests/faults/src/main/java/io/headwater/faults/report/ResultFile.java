package io.headwater.faults.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.headwater.faults.scenario.ScenarioResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as JSON for programs. */
public final class ResultFile {
  private ResultFile() {}

  /**
   * Writes them.
   *
   * @param run what all scenarios had in common
   */
  public static void write(Path file, Map<String, Object> run, List<ScenarioResult> results) {
    Map<String, Object> content = new LinkedHashMap<>(run);
    content.put("clean", results.stream().allMatch(ScenarioResult::isClean));
    content.put("scenarios", results);
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(file.toFile(), content);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
