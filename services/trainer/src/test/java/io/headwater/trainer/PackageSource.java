package io.headwater.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is committed of a package, but for the head. */
final class PackageSource {

  private PackageSource() {}

  static void describe(Path folder) throws IOException {
    Files.writeString(folder.resolve("README.md"), "# Tiny\n");
    Files.writeString(
        folder.resolve("model.json"),
        """
        {
          "task": "sentiment",
          "id": "tiny",
          "version": "1.0.0",
          "files": {"model.onnx": "", "tokenizer.json": ""},
          "labels": ["negative", "neutral", "positive"],
          "languages": ["en"],
          "maxTokens": 64,
          "card": {
            "summary": "For tests.", "licence": "Apache-2.0", "origin": "written by hand",
            "training": "none", "quality": {}
          }
        }
        """);
  }
}
