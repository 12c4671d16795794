package io.headwater.trainer.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a configuration names: those that are not there are told together. */
public final class RequiredFiles {
  private final List<String> faults = new ArrayList<>();

  /** Asks for a file. */
  public RequiredFiles one(String key, Path file) {
    if (!Files.isRegularFile(file)) {
      faults.add(key + ": there is no file " + file);
    }
    return this;
  }

  /** Asks for all files of a list. */
  public RequiredFiles all(String key, List<Path> files) {
    for (int i = 0; i < files.size(); i++) {
      one(key + "[" + i + "]", files.get(i));
    }
    return this;
  }

  /** Asks for a file or a folder. */
  public RequiredFiles any(String key, Path path) {
    if (!Files.exists(path)) {
      faults.add(key + ": there is no " + path);
    }
    return this;
  }

  /**
   * Says what is not there.
   *
   * @throws InvalidConfigurationException if something is not
   */
  public void check() {
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
  }
}
