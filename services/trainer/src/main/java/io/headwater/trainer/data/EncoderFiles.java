package io.headwater.trainer.data;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A pretrained encoder: its graph and its tokenizer.
 *
 * @param graph the ONNX graph, from ids to hidden states
 * @param tokenizer {@code tokenizer.json}, whatever it is called
 */
public record EncoderFiles(Path graph, Path tokenizer) {

  /** Needs both files. */
  public EncoderFiles {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(tokenizer, "tokenizer");
  }

  /**
   * Finds an encoder in the jar that langchain4j publishes it in, which is unpacked into another
   * folder, or in a folder.
   *
   * @param source a jar, or a folder with one {@code .onnx} and one {@code tokenizer.json}
   * @param unpacked where a jar's files go
   * @throws IOException if the files cannot be read or written
   * @throws IllegalArgumentException if graph or tokenizer is not there
   */
  public static EncoderFiles find(Path source, Path unpacked) throws IOException {
    if (Files.isDirectory(source)) {
      return new EncoderFiles(one(source, ".onnx"), one(source, "tokenizer.json"));
    }
    Files.createDirectories(unpacked);
    try (FileSystem jar = FileSystems.newFileSystem(source)) {
      Path root = jar.getPath("/");
      for (String ending : List.of(".onnx", "tokenizer.json")) {
        Path entry = one(root, ending);
        Path target = unpacked.resolve(String.valueOf(entry.getFileName()));
        if (!Files.exists(target) || Files.size(target) != Files.size(entry)) {
          Files.copy(entry, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return find(unpacked, unpacked);
  }

  private static Path one(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
      if (found.size() != 1) {
        throw new IllegalArgumentException(
            "an encoder has one file *" + ending + ", but " + folder + " has " + found);
      }
      return found.get(0);
    }
  }
}
