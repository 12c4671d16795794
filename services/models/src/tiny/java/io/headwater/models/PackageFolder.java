package io.headwater.models;

import io.headwater.models.engine.TinyGraph;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes small model packages for tests: a tiny real graph and a tiny real tokenizer. */
public final class PackageFolder {

  /** Ids in the tiny tokenizer's vocabulary. */
  public static final int VOCABULARY = 20;

  private final Path folder;

  private PackageFolder(Path folder) {
    this.folder = folder;
  }

  /** A good package in a folder, ready to be spoilt. */
  public static PackageFolder good(Path folder) {
    PackageFolder made = new PackageFolder(folder);
    made.graph(TinyGraph.probabilities(VOCABULARY, 3));
    made.tokenizer();
    made.describe();
    return made;
  }

  public Path path() {
    return folder;
  }

  /** Replaces the graph, and the description with it. */
  public PackageFolder graph(byte[] graph) {
    write("model.onnx", graph);
    return this;
  }

  /** Writes a {@code model.json} that fits the files. */
  public PackageFolder describe() {
    try {
      return text(
          "model.json",
          """
          {
            "task": "sentiment",
            "id": "tiny",
            "version": "1.0.0",
            "files": {
              "model.onnx": "%s",
              "tokenizer.json": "%s"
            },
            "labels": ["negative", "neutral", "positive"],
            "languages": ["en"],
            "maxTokens": 16,
            "card": {
              "summary": "For tests.",
              "licence": "Apache-2.0",
              "origin": "written by hand",
              "training": "none",
              "quality": {"sst2.test.accuracy": 0.5}
            }
          }
          """
              .formatted(
                  FileDigest.sha256(folder.resolve("model.onnx")),
                  FileDigest.sha256(folder.resolve("tokenizer.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces one piece of {@code model.json} by another. */
  public PackageFolder edit(String piece, String replacement) {
    try {
      String text = Files.readString(folder.resolve("model.json"));
      if (!text.contains(piece)) {
        throw new IllegalArgumentException("model.json has no " + piece);
      }
      return text("model.json", text.replace(piece, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a text file. */
  public PackageFolder text(String name, String text) {
    write(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return this;
  }

  /** Deletes a file. */
  public PackageFolder without(String name) {
    try {
      Files.delete(folder.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tokenizer() {
    try (InputStream in =
        Objects.requireNonNull(PackageFolder.class.getResourceAsStream("/tiny-tokenizer.json"))) {
      Files.copy(in, folder.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] bytes) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
