package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A place from which training goes on, with its arrays. A file appears under its name only when it
 * is complete.
 *
 * @param <P> a place: a record that JSON can hold
 */
public final class Checkpoint<P> {
  private static final String PLACE = "place.json";
  private static final String ARRAYS = "-arrays.ndlist";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Class<P> type;
  private final ToLongFunction<P> step;

  /**
   * A folder's checkpoint, which need not be there.
   *
   * @param step of a place, in steps of the optimizer
   */
  public Checkpoint(Path folder, Class<P> type, ToLongFunction<P> step) {
    this.folder = folder;
    this.type = type;
    this.step = step;
  }

  /**
   * Where the last checkpoint stands; empty if there is none.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<P> place() throws IOException {
    Path file = folder.resolve(PLACE);
    return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), type)) : Optional.empty();
  }

  /**
   * Writes all. The arrays first: a place without its arrays is never seen.
   *
   * @throws IOException if it cannot be written
   */
  public void write(P place, Map<String, NDArray> state) throws IOException {
    Files.createDirectories(folder);
    Path arrays = arrays(place);
    Path unfinished = folder.resolve("arrays.new");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
      new NDList(new ArrayList<>(state.values())).encode(out);
    }
    move(unfinished, arrays);
    Path fresh = folder.resolve(PLACE + ".new");
    JSON.writeValue(fresh.toFile(), place);
    move(fresh, folder.resolve(PLACE));
    try (var files = Files.list(folder)) {
      for (Path old : files.filter(file -> file.toString().endsWith(ARRAYS)).toList()) {
        if (!old.equals(arrays)) {
          Files.delete(old);
        }
      }
    }
  }

  /**
   * Copies what a checkpoint holds into the same arrays that it was written from.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds another number of arrays
   */
  public void restore(P place, Map<String, NDArray> state, NDManager parent) throws IOException {
    try (NDManager manager = parent.newSubManager();
        InputStream in = Files.newInputStream(arrays(place))) {
      NDList stored = NDList.decode(manager, in);
      List<NDArray> ours = new ArrayList<>(state.values());
      if (stored.size() != ours.size()) {
        throw new IllegalArgumentException(
            "%s holds %d arrays; this network has %d: choose another folder"
                .formatted(folder, stored.size(), ours.size()));
      }
      for (int i = 0; i < ours.size(); i++) {
        ours.get(i).muli(0);
        ours.get(i).addi(stored.get(i));
      }
    }
  }

  private Path arrays(P place) {
    return folder.resolve(step.applyAsLong(place) + ARRAYS);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
