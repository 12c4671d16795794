package io.headwater.trainer.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code trials.jsonl}: a first line with the configuration that is searched, then a line
 * for each trial on each rung. Lines are only ever added. A line counts once its line feed is
 * there, so a process may be killed at any time: half a last line is cut off on opening.
 *
 * <p>One thread of one process uses it; a second process is refused.
 */
public final class TrialDatabase implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CONFIGURATION = "configuration";

  private final FileChannel file;
  private final List<TrialRecord> records;
  private final int dropped;

  private TrialDatabase(FileChannel file, List<TrialRecord> records, int dropped) {
    this.file = file;
    this.records = records;
    this.dropped = dropped;
  }

  /**
   * Opens or begins the database of a search.
   *
   * @throws InvalidTuningException if it belongs to another search, is in use, or has a bad line
   */
  public static TrialDatabase open(Path path, ObjectNode configuration) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(file) == null) {
        throw new InvalidTuningException(path + " is in use: another search is running there");
      }
      byte[] bytes = Files.readAllBytes(path);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      file.truncate(end);
      file.position(end);
      List<String> lines = new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
      TrialDatabase database =
          new TrialDatabase(file, read(path, lines, configuration), bytes.length - end);
      if (lines.isEmpty()) {
        database.write(JSON.createObjectNode().set(CONFIGURATION, configuration));
      }
      return database;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** All records, in the order in which they were added. */
  public List<TrialRecord> records() {
    return List.copyOf(records);
  }

  /** Bytes of half a last line that were cut off on opening; 0 if it ended well. */
  public int dropped() {
    return dropped;
  }

  /** Adds a record; it is on the disk when this returns. */
  public void add(TrialRecord record) throws IOException {
    write(JSON.valueToTree(record));
    records.add(record);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void write(JsonNode line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(true);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static List<TrialRecord> read(Path path, List<String> lines, ObjectNode configuration)
      throws IOException {
    List<TrialRecord> records = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        if (i == 0) {
          checkSame(path, JSON.readTree(lines.get(0)).path(CONFIGURATION), configuration);
        } else {
          records.add(JSON.readValue(lines.get(i), TrialRecord.class));
        }
      } catch (JsonProcessingException e) {
        throw new InvalidTuningException(
            "%s, line %d, is damaged: %s; take it out, or another --out"
                .formatted(path, i + 1, e.getOriginalMessage()));
      }
    }
    return records;
  }

  private static void checkSame(Path path, JsonNode before, ObjectNode now) throws IOException {
    // Through text and back: a number has the same class of node then.
    JsonNode same = comparable(JSON.readTree(JSON.writeValueAsString(now)));
    Optional<Difference> difference = Difference.first("", comparable(before), same);
    if (difference.isPresent()) {
      throw new InvalidTuningException(
          "%s: %s holds trials with %s, not %s: restore it, or take another --out"
              .formatted(
                  difference.get().field(),
                  path,
                  difference.get().before(),
                  difference.get().now()));
    }
  }

  /** More trials are more of the same search. */
  private static JsonNode comparable(JsonNode configuration) {
    JsonNode copy = configuration.deepCopy();
    if (copy.path(TuningPlanReader.SECTION) instanceof ObjectNode tuning) {
      tuning.remove("trials");
    }
    return copy;
  }
}
